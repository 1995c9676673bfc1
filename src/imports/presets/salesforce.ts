/** Salesforce: contacts, accounts and leads, both as reports write them and with the names that its loader uses. */
import { column, companiesNamedIn, type Preset } from './preset.ts'

const person = [
  column('Salutation', 'salutation'),
  column('First Name, FirstName', 'firstName'),
  column('Last Name, LastName', 'lastName'),
  column('Email', 'email'),
  column('Phone, Mobile, MobilePhone, Home Phone, HomePhone, Other Phone, OtherPhone', 'phone, phone2'),
  column('Fax', 'fax'),
  column('Title', 'position'),
  column('Lead Source, LeadSource', 'contactSource', { createOptions: true }),
  column('Email Opt Out, HasOptedOutOfEmail', 'noMailing'),
  column('Description', 'note'),
] as const

export const salesforceContacts: Preset = {
  name: 'salesforce-contacts',
  labels: { en: 'Salesforce: contacts', cs: 'Salesforce: kontakty' },
  marks: [
    ['Last Name', 'Account Name', 'Mailing Street'],
    ['Last Name', 'Account Name', 'Mailing City'],
    ['Last Name', 'Account Name', 'Contact Owner'],
    ['Contact ID', 'Last Name'],
    ['LastName', 'AccountId', 'FirstName'],
  ],
  sources: [
    {
      kind: 'contacts',
      needs: [],
      rest: 'note',
      columns: [
        ...person,
        column('Contact ID, Id', 'externalId'),
        column('Account Name', 'client', { lookup: 'name' }),
        column('Department', 'department'),
        column('Contact Record Type', 'category', { createOptions: true }),
        column('Birthdate', 'birthday'),
        column('Mailing Street, MailingStreet', 'privateStreet'),
        column('Mailing City, MailingCity', 'privateCity'),
        column('Mailing State/Province, Mailing State, MailingState', 'privateProvince'),
        column('Mailing Zip/Postal Code, Mailing Postal Code, MailingPostalCode', 'privatePostalCode'),
        column('Mailing Country, MailingCountry', 'privateCountry'),
      ],
    },
    companiesNamedIn('Account Name'),
  ],
}

export const salesforceAccounts: Preset = {
  name: 'salesforce-accounts',
  labels: { en: 'Salesforce: accounts', cs: 'Salesforce: účty firem' },
  marks: [
    ['Account Name', 'Billing Street'],
    ['Account Name', 'Billing City'],
    ['Account ID', 'Account Name', 'Account Owner'],
    ['BillingStreet', 'Name', 'OwnerId'],
  ],
  sources: [
    {
      kind: 'clients',
      needs: ['name'],
      rest: 'note',
      columns: [
        column('Account ID, Id', 'externalId'),
        column('Account Name, Name', 'name'),
        column('Phone', 'phone'),
        column('Fax', 'fax'),
        column('Website', 'website'),
        column('Type', 'category', { createOptions: true }),
        column('Industry', 'economicActivity', { createOptions: true }),
        column('Account Source, AccountSource', 'contactSource', { createOptions: true }),
        column('Employees, NumberOfEmployees', 'employees'),
        column('Annual Revenue, AnnualRevenue', 'turnover'),
        column('Billing Street, BillingStreet', 'billingStreet'),
        column('Billing City, BillingCity', 'billingCity'),
        column('Billing State/Province, Billing State, BillingState', 'billingProvince'),
        column('Billing Zip/Postal Code, Billing Postal Code, BillingPostalCode', 'billingPostalCode'),
        column('Billing Country, BillingCountry', 'billingCountry'),
        column('Shipping Street, ShippingStreet', 'shippingStreet'),
        column('Shipping City, ShippingCity', 'shippingCity'),
        column('Shipping State/Province, Shipping State, ShippingState', 'shippingProvince'),
        column('Shipping Zip/Postal Code, Shipping Postal Code, ShippingPostalCode', 'shippingPostalCode'),
        column('Shipping Country, ShippingCountry', 'shippingCountry'),
        column('Description', 'note'),
      ],
    },
  ],
}

export const salesforceLeads: Preset = {
  name: 'salesforce-leads',
  labels: { en: 'Salesforce: leads', cs: 'Salesforce: leady' },
  marks: [
    ['Lead Status', 'Lead Owner'],
    ['Lead ID', 'Last Name'],
    ['LastName', 'Company', 'Status'],
  ],
  sources: [
    {
      kind: 'leads',
      needs: [],
      rest: 'note',
      constants: [{ field: 'topic', value: 'Salesforce' }],
      columns: [
        ...person.filter(({ fields }) => !fields.includes('salutation')),
        column('Lead ID, Id', 'externalId'),
        column('Company, Company / Account', 'companyName'),
        column('Lead Status, Status', 'phase', { createOptions: true }),
        column('Website', 'website'),
        column('Street', 'addressStreet'),
        column('City', 'addressCity'),
        column('State/Province, State', 'addressProvince'),
        column('Zip/Postal Code, PostalCode', 'addressPostalCode'),
        column('Country', 'addressCountry'),
      ],
    },
  ],
}
