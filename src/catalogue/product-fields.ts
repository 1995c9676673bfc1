/**
 * The fields of a product and of its price in one price list. Names and meaning follow the RAYNET "Produkt" (RN);
 * a price list is an option of a code list, because all that it is by itself is a name.
 */
import { declareFieldsWith } from '../kinds/declare-fields.ts'
import type { FieldDeclaration, Section } from '../kinds/kinds.ts'
import { priceSynonyms, productSynonyms } from './product-synonyms.ts'

const sections = {
  identity: { name: 'identity', labels: { en: 'Product', cs: 'Produkt', de: 'Produkt' } },
  money: { name: 'money', labels: { en: 'Price and cost', cs: 'Cena a náklady', de: 'Preis und Kosten' } },
} as const satisfies Record<string, Section>

const field = declareFieldsWith(productSynonyms)
const { identity, money } = sections

export const productFields: readonly FieldDeclaration[] = [
  field(identity, 'code', 'text', ['Code', 'Kód', 'Artikelnummer'], { required: true, unique: true }),
  field(identity, 'name', 'text', ['Name', 'Název', 'Name'], { required: true }),
  field(identity, 'externalId', 'text', ['External id', 'Externí id', 'Externe ID'], { unique: true }),
  field(identity, 'unit', 'enum', ['Unit', 'Jednotka', 'Einheit'], { codeList: 'unit' }),
  field(identity, 'category', 'enum', ['Category', 'Kategorie', 'Kategorie'], {
    codeList: 'productCategory',
  }),
  field(identity, 'productLine', 'enum', ['Product line', 'Produktová řada', 'Produktlinie'], {
    codeList: 'productLine',
  }),
  field(identity, 'tags', 'tags', ['Tags', 'Štítky', 'Schlagwörter'], { maxLength: 100 }),
  field(identity, 'description', 'multiline', ['Description', 'Popis', 'Beschreibung'], {
    maxLength: 10_000,
  }),
  field(money, 'price', 'money', ['Price', 'Standardní cena', 'Preis']),
  field(money, 'cost', 'money', ['Cost', 'Náklad', 'Kosten']),
  field(money, 'taxRate', 'enum', ['Tax rate', 'Sazba DPH', 'Steuersatz'], { codeList: 'taxRate' }),
]

const price: Section = { name: 'price', labels: { en: 'Price list', cs: 'Ceník', de: 'Preisliste' } }
const priceField = declareFieldsWith(priceSynonyms)

export const priceFields: readonly FieldDeclaration[] = [
  priceField(price, 'product', 'text', ['Product', 'Produkt', 'Produkt'], {
    required: true,
    reference: { kind: 'products', by: ['code', 'externalId', 'name'] },
  }),
  priceField(price, 'priceList', 'enum', ['Price list', 'Ceník', 'Preisliste'], {
    required: true,
    codeList: 'priceList',
  }),
  priceField(price, 'price', 'money', ['Price in the list', 'Cena v ceníku', 'Listenpreis'], {
    required: true,
  }),
]
