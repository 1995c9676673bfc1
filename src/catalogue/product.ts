/** The kinds `products` and `prices` (a product's price in a price list), which may stand in the product's row. */
import type { KindDeclaration } from '../kinds/kinds.ts'
import { priceFields, productFields } from './product-fields.ts'

export const products: KindDeclaration = {
  name: 'products',
  table: 'products',
  labels: { en: 'Products', cs: 'Produkty', de: 'Produkte' },
  one: { en: 'product', cs: 'produkt', de: 'Produkt' },
  title: 'name',
  fields: productFields,
  access: { read: 'products.read', write: 'products.write', export: 'products.export' },
  matchKeys: [['code'], ['externalId']],
  duplicateRules: [{ by: ['code'] }],
  children: [
    {
      kind: 'prices',
      synonyms: ['price list', 'price book', 'price level', 'ceník', 'cenová hladina', 'Preisliste'],
      groups: 3,
      into: 'product',
      fields: ['priceList', 'price'],
    },
  ],
}

export const prices: KindDeclaration = {
  name: 'prices',
  table: 'price_list_items',
  labels: { en: 'Prices in price lists', cs: 'Ceny v cenících', de: 'Preise in Preislisten' },
  one: { en: 'price in a price list', cs: 'cena v ceníku', de: 'Preis in einer Preisliste' },
  title: 'priceList',
  fields: priceFields,
  // Of one product; the import compares children within the record that they belong to.
  access: { read: 'products.read', write: 'products.write', export: 'products.export' },
  matchKeys: [['priceList']],
  partOf: ['product'],
}
