/** What an operation on custom fields can be refused. */
import { declareRefusals } from '../../platform/refusal.ts'

export const refuseField = declareRefusals({
  'field.not_found': {
    status: 404,
    en: 'There is no custom field {id}. It may have been deleted; the history of fields can bring it back.',
    cs: 'Vlastní pole {id} neexistuje. Mohlo být smazáno; vrátit je lze v historii polí.',
  },
  'field.changed_meanwhile': {
    status: 409,
    en: 'Somebody has changed the field {label} meanwhile. Load it again and repeat your change.',
    cs: 'Pole {label} mezitím někdo změnil. Načtěte je znovu a změnu zopakujte.',
  },
  'field.label_too_short': {
    status: 422,
    en: 'A label needs at least 3 characters. Write a longer one, in English or in Czech.',
    cs: 'Název musí mít alespoň 3 znaky. Napište delší, anglicky nebo česky.',
  },
  'field.label_taken': {
    status: 409,
    en: 'There is a field {label} already, and columns of files are recognised by their labels. Choose another one.',
    cs: 'Pole {label} už existuje a podle názvů se poznávají sloupce souborů. Zvolte jiný název.',
  },
  'field.group_too_short': {
    status: 422,
    en: 'The name of a group needs at least 3 characters. Write a longer one, or leave it out.',
    cs: 'Název skupiny musí mít alespoň 3 znaky. Napište delší, nebo jej vynechte.',
  },
  'field.currency_needed': {
    status: 422,
    en: 'A field for money has one currency. Choose it by its three-letter code.',
    cs: 'Peněžní pole má jednu měnu. Zvolte ji třípísmenným kódem.',
  },
  'field.list_needed': {
    status: 422,
    en: 'A selection needs options. Write at least one, or choose a code list.',
    cs: 'Výběr potřebuje možnosti. Napište alespoň jednu, nebo zvolte číselník.',
  },
  'field.pattern_unusable': {
    status: 422,
    en: 'The pattern is no regular expression, or one that could take for ever on some cell (a choice or a repetition within a repetition). Write a simpler one, such as [A-Z]+-[0-9]+.',
    cs: 'Vzor není regulární výraz, nebo by v některé buňce nemusel skončit (výběr či opakování uvnitř opakování). Napište jednodušší, například [A-Z]+-[0-9]+.',
  },
  'field.setting_not_for_type': {
    status: 422,
    en: 'The setting {setting} does not belong to a field of this type. Leave it out, or choose another type.',
    cs: 'Nastavení {setting} k poli tohoto typu nepatří. Vynechte je, nebo zvolte jiný typ.',
  },
  'field.too_many': {
    status: 422,
    en: 'The kind has {maximum} custom fields, and no more fit. Archive or delete some that are not used.',
    cs: 'Druh má {maximum} vlastních polí a více se jich nevejde. Archivujte nebo smažte ta, která nepoužíváte.',
  },
  'field.order_outdated': {
    status: 409,
    en: 'Fields were added or deleted meanwhile. Load the list again and repeat the order.',
    cs: 'Pole mezitím přibyla nebo ubyla. Načtěte seznam znovu a pořadí zopakujte.',
  },
  'field.values_do_not_fit': {
    status: 409,
    en: '{unfit} of {values} values do not fit the new type, for example {example}. Correct them first, or add another field.',
    cs: '{unfit} z {values} hodnot novému typu neodpovídá, například {example}. Nejprve je opravte, nebo přidejte jiné pole.',
  },
  'field.holds_values': {
    status: 409,
    en: '{count} records have a value in this field. Archive it, or confirm that {count} values go with it.',
    cs: 'Počet záznamů s hodnotou v tomto poli: {count}. Archivujte je, nebo potvrďte, že s ním hodnoty zmizí (celkem {count}).',
  },
})
