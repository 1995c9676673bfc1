/** Products and their prices in price lists over HTTP. */
import { defineRecordOperations } from '../kinds/records/contract.ts'

export const {
  list: listProducts,
  find: findProduct,
  create: createProduct,
  change: changeProduct,
  changeMany: changeManyProducts,
  previewDeletion: previewProductDeletion,
  remove: deleteProduct,
  removeMany: deleteManyProducts,
  merge: mergeProducts,
  duplicates: listDuplicateProducts,
} = defineRecordOperations({
  path: 'products',
  one: 'Product',
  many: 'Products',
  tag: 'Products',
  read: 'products.read',
  write: 'products.write',
  aOne: 'a product',
  plural: 'products',
})

/** The price of a product in a price list; the lists themselves are the code list `priceList`. */
export const {
  list: listPrices,
  find: findPrice,
  create: createPrice,
  change: changePrice,
  changeMany: changeManyPrices,
  previewDeletion: previewPriceDeletion,
  remove: deletePrice,
  removeMany: deleteManyPrices,
} = defineRecordOperations({
  path: 'prices',
  one: 'Price',
  many: 'Prices',
  tag: 'Products',
  read: 'products.read',
  write: 'products.write',
  aOne: 'a price of a product in a price list',
  plural: 'prices of products in price lists',
})
