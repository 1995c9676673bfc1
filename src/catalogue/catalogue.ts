/** What we sell: products and their prices in price lists. The door of this module. */

export { prices, products } from './product.ts'
