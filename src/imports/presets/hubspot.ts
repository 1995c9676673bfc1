/** HubSpot: contacts and companies as its export writes them; properties that an account has added are kept as text. */
import { column, companiesNamedIn, type Preset } from './preset.ts'

const companies = 'Associated Company, Company name, Company'

export const hubspotContacts: Preset = {
  name: 'hubspot-contacts',
  labels: { en: 'HubSpot: contacts', cs: 'HubSpot: kontakty' },
  marks: [
    ['First Name', 'Last Name', 'Lifecycle Stage'],
    ['First Name', 'Email', 'Contact owner'],
    ['Record ID', 'First Name', 'Last Name'],
    ['Record ID - Contact', 'Email'],
  ],
  sources: [
    {
      kind: 'contacts',
      needs: [],
      rest: 'note',
      columns: [
        column('Record ID, Record ID - Contact, Contact ID', 'externalId'),
        column('First Name', 'firstName'),
        column('Last Name', 'lastName'),
        column('Salutation', 'salutation'),
        column('Email, Work email', 'email, email2'),
        column('Phone Number, Mobile Phone Number', 'phone, phone2'),
        column('Fax Number', 'fax'),
        column(companies, 'client', { lookup: 'name' }),
        column('Job Title', 'position'),
        column('Lifecycle Stage', 'category', { createOptions: true }),
        column('Original Source, Original Source Type', 'contactSource', { createOptions: true }),
        column('Preferred language', 'language', { createOptions: true }),
        column('Date of birth', 'birthday'),
        column('Website URL', 'website'),
        column('Street Address', 'privateStreet'),
        column('City', 'privateCity'),
        column('State/Region', 'privateProvince'),
        column('Postal Code', 'privatePostalCode'),
        column('Country/Region', 'privateCountry'),
        column('Unsubscribed from all email', 'noMailing'),
        column('Notes', 'note'),
      ],
    },
    companiesNamedIn(companies),
  ],
}

export const hubspotCompanies: Preset = {
  name: 'hubspot-companies',
  labels: { en: 'HubSpot: companies', cs: 'HubSpot: společnosti' },
  marks: [
    ['Record ID', 'Company name'],
    ['Company name', 'Company owner'],
    ['Company name', 'Company Domain Name'],
  ],
  sources: [
    {
      kind: 'clients',
      needs: ['name'],
      rest: 'note',
      columns: [
        column('Record ID, Record ID - Company, Company ID', 'externalId'),
        column('Company name, Name', 'name'),
        column('Website URL, Company Domain Name', 'website'),
        column('Phone Number', 'phone'),
        column('Industry', 'economicActivity', { createOptions: true }),
        column('Lifecycle Stage', 'category', { createOptions: true }),
        column('Original Source, Original Source Type', 'contactSource', { createOptions: true }),
        column('Number of Employees', 'employees'),
        column('Annual Revenue', 'turnover'),
        column('Street Address', 'billingStreet'),
        column('City', 'billingCity'),
        column('State/Region', 'billingProvince'),
        column('Postal Code', 'billingPostalCode'),
        column('Country/Region', 'billingCountry'),
        column('Description, About Us', 'note'),
      ],
    },
  ],
}
