/** Products and their prices over HTTP. */
import type { Kinds } from '../kinds/kinds.ts'
import { mountRecords } from '../kinds/records/records.ts'
import type { Api } from '../platform/http.ts'
import * as contract from './contract.ts'

export function mountCatalogue(api: Api, kinds: Kinds): void {
  mountRecords(api, kinds, 'products', {
    list: contract.listProducts,
    find: contract.findProduct,
    create: contract.createProduct,
    change: contract.changeProduct,
    changeMany: contract.changeManyProducts,
    previewDeletion: contract.previewProductDeletion,
    remove: contract.deleteProduct,
    removeMany: contract.deleteManyProducts,
    merge: contract.mergeProducts,
    duplicates: contract.listDuplicateProducts,
  })
  mountRecords(api, kinds, 'prices', {
    list: contract.listPrices,
    find: contract.findPrice,
    create: contract.createPrice,
    change: contract.changePrice,
    changeMany: contract.changeManyPrices,
    previewDeletion: contract.previewPriceDeletion,
    remove: contract.deletePrice,
    removeMany: contract.deleteManyPrices,
  })
}
