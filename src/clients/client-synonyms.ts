/** What old systems call the columns of a client: English, Czech and German, compared without case and diacritics. */
export const clientSynonyms: Readonly<Record<string, readonly string[]>> = {
  name: [
    'company',
    'company name',
    'client',
    'customer',
    'account name',
    'název firmy',
    'firma',
    'klient',
    'odběratel',
    'Firmenname',
    'Kunde',
  ],
}
