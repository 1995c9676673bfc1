/** Outlook: contacts as the program on a desk and the one in a browser write them. */
import { column, companiesNamedIn, type Preset } from './preset.ts'

export const outlookContacts: Preset = {
  name: 'outlook-contacts',
  labels: { en: 'Outlook: contacts', cs: 'Outlook: kontakty' },
  marks: [
    ['First Name', 'Last Name', 'E-mail Address'],
    ['E-mail Address', 'E-mail 2 Address'],
    ['First Name', 'Last Name', 'Business Phone'],
    ['First Name', 'Home Street', 'Business Street'],
  ],
  sources: [
    {
      kind: 'contacts',
      needs: [],
      rest: 'note',
      columns: [
        column('First Name', 'firstName'),
        column('Last Name', 'lastName'),
        column('Title', 'titleBefore'),
        column('Suffix', 'titleAfter'),
        column('Company', 'client', { lookup: 'name' }),
        column('Job Title', 'position'),
        column('Department', 'department'),
        column('E-mail Address, E-mail 2 Address, E-mail 3 Address', 'email, email2'),
        column(
          'Mobile Phone, Business Phone, Primary Phone, Home Phone, Business Phone 2, Other Phone, Home Phone 2',
          'phone, phone2',
        ),
        column('Business Fax, Home Fax, Other Fax', 'fax'),
        column('Web Page, Personal Web Page', 'website'),
        column('Home Street', 'privateStreet'),
        column('Home City', 'privateCity'),
        column('Home State', 'privateProvince'),
        column('Home Postal Code', 'privatePostalCode'),
        column('Home Country/Region, Home Country', 'privateCountry'),
        column('Birthday', 'birthday'),
        column('Gender', 'gender'),
        column('Language', 'language', { createOptions: true }),
        column('Categories, Keywords', 'tags', { format: { separator: ';' } }),
        column('Notes', 'note'),
      ],
    },
    companiesNamedIn('Company'),
  ],
}
