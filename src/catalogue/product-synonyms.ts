/** What old systems and shops call the columns of a product and of its prices: English, Czech and German. */
import { synonymList as words } from '../kinds/declare-fields.ts'

export const productSynonyms: Readonly<Record<string, readonly string[]>> = {
  code: words(`
    Code | product code | SKU | item code | item number | article number | product code/SKU | variant SKU |
    part number | catalogue number | item | reference | Kód | kód produktu | kód zboží | katalogové číslo |
    číslo produktu | obj. kód | Artikelnummer | Artikel-Nr. | Art.-Nr. | Produktnummer | Bestellnummer`),
  name: words(`
    Name | product name | product | title | product title | item name | Název | název produktu | název zboží |
    produkt | zboží | Produktname | Artikelname | Bezeichnung | Artikelbezeichnung`),
  externalId: words(
    'External ID | id | product id | record id | handle | Externí ID | ID produktu | Produkt-ID',
  ),
  unit: words('Unit | unit of measure | UOM | Jednotka | měrná jednotka | MJ | Einheit | Mengeneinheit | ME'),
  category: words(`
    Category | product category | categories | type | product type | product group | Kategorie |
    kategorie produktu | skupina zboží | Produktkategorie | Warengruppe`),
  productLine: words(`
    Product line | line | collection | brand | brand name | vendor | product family | Produktová řada | řada |
    značka | Produktlinie | Marke | Produktfamilie`),
  tags: words('Tags | labels | keywords | search keywords | Štítky | tagy | klíčová slova | Schlagwörter'),
  description: words(`
    Description | product description | body (html) | long description | note | notes | Popis | popis produktu |
    poznámka | Beschreibung | Produktbeschreibung`),
  price: words(`
    Price | unit price | standard price | list price | retail price | sales price | regular price |
    variant price | Standardní cena | cena | prodejní cena | cena bez DPH | jednotková cena | Preis |
    Verkaufspreis | VK | Einzelpreis | Nettopreis`),
  cost: words(`
    Cost | cost price | unit cost | purchase price | cost per item | buying price | Náklad | náklady |
    nákupní cena | pořizovací cena | Kosten | Einkaufspreis | EK`),
  taxRate: words(`
    Tax rate | VAT rate | VAT | tax | tax class | product tax class | Sazba DPH | DPH | daň | Steuersatz | MwSt. |
    MwSt-Satz | USt-Satz`),
}

export const priceSynonyms: Readonly<Record<string, readonly string[]>> = {
  product: words('Product | product code | code | SKU | Produkt | kód produktu | kód | Artikelnummer'),
  priceList: words(`
    Price list | price list name | price book | pricebook | name | Ceník | název ceníku | cenová hladina |
    název | Preisliste | Preislistenname | Preisbuch`),
  price: words(
    'Price in the list | price | list price | unit price | Cena v ceníku | cena | Listenpreis | Preis',
  ),
}
