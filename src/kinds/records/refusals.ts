/** What an operation on records can be refused. */
import { declareRefusals } from '../../platform/refusal.ts'

export const refuseRecord = declareRefusals({
  'record.not_found': {
    status: 404,
    en: 'There is no {kindEn} {id}. It may have been deleted: look into the bin.',
    cs: 'Záznam {id} ({kindCs}) neexistuje. Mohl být smazán: podívejte se do koše.',
  },
  'record.invalid': { status: 422, en: '{fieldEn}: {problem}', cs: '{fieldCs}: {problem}' },
  'record.changed_meanwhile': {
    status: 409,
    en: '{name} has changed this record meanwhile. Load it again and repeat your change.',
    cs: '{name} mezitím tento záznam změnil(a). Načtěte jej znovu a změnu zopakujte.',
  },
  'record.value_taken': {
    status: 409,
    en: '{fieldEn}: another record has the value {value} already. Choose another one, or look the record up.',
    cs: '{fieldCs}: hodnotu {value} už má jiný záznam. Zvolte jinou, nebo záznam vyhledejte.',
  },
  'record.attached': {
    status: 409,
    en: '{title} cannot be deleted alone: {count} records refer to it ({kinds}). Detach them, or delete them with it.',
    cs: '{title} nelze smazat samostatně: odkazují na něj záznamy ({kinds}, celkem {count}). Odpojte je, nebo je smažte s ním.',
  },
  'record.still_needed': {
    status: 409,
    en: '{title} cannot be deleted: {count} records cannot do without it ({kinds}). Change or delete those first.',
    cs: '{title} nelze smazat: záznamy, které bez něj nemohou být ({kinds}, celkem {count}), nejprve změňte nebo smažte.',
  },
  'record.unknown_filter': {
    status: 422,
    en: '{where} cannot be used as a filter. Write FIELD=VALUE (also !=, ~, >=, <=) with a field of: {fields}.',
    cs: '{where} nelze použít jako filtr. Napište POLE=HODNOTA (také !=, ~, >=, <=) s polem z: {fields}.',
  },
  'record.unknown_sort': {
    status: 422,
    en: 'Records cannot be sorted by {sort}. Choose newest, updated or a field, with - before it for the other direction.',
    cs: 'Podle {sort} nelze řadit. Zvolte newest, updated nebo pole, s - na začátku pro opačné pořadí.',
  },
  'record.cursor_of_other_sort': {
    status: 422,
    en: 'This page continues a list sorted by {sort}. Ask for it with the same sort, or begin at the first page.',
    cs: 'Tato stránka pokračuje v seznamu řazeném podle {sort}. Vyžádejte ji se stejným řazením, nebo začněte od první stránky.',
  },
  'record.too_many': {
    status: 422,
    en: '{count} records are chosen; at most {maximum} can be changed at once. Narrow the filter.',
    cs: 'Vybráno je {count} záznamů; najednou jich lze změnit nejvýše {maximum}. Zužte filtr.',
  },
  'record.count_differs': {
    status: 409,
    en: 'There are {count} records to change by now, not {expected}. Look at the list again and repeat the change.',
    cs: 'Ke změně je nyní {count} záznamů, ne {expected}. Podívejte se znovu na seznam a změnu zopakujte.',
  },
  'record.same': {
    status: 422,
    en: 'A record cannot be merged with itself. Choose two different ones.',
    cs: 'Záznam nelze sloučit se sebou samým. Zvolte dva různé.',
  },
  'record.no_undo': {
    status: 409,
    en: 'Event {id} cannot be undone: only changes of records can. What was deleted or merged comes back from the bin.',
    cs: 'Událost {id} nelze vrátit: lze to jen u změn záznamů. Smazané a sloučené záznamy obnovíte z koše.',
  },
  'bin.not_found': {
    status: 404,
    en: 'The bin holds no entry {id}. It was restored already, or its time is over.',
    cs: 'Koš nemá položku {id}. Už byla obnovena, nebo jí uplynula lhůta.',
  },
})
