/** What an operation on code lists can be refused. */
import { declareRefusals } from '../../platform/refusal.ts'

export const refuseList = declareRefusals({
  'list.not_found': {
    status: 404,
    en: 'There is no code list {list}. Choose one of those in Settings.',
    cs: 'Číselník {list} neexistuje. Zvolte některý z těch v Nastavení.',
  },
  'list.option_not_found': {
    status: 404,
    en: 'The list has no option {value}. Load it again: it may have been deleted.',
    cs: 'Číselník nemá možnost {value}. Načtěte jej znovu: možnost mohla být smazána.',
  },
  'list.option_taken': {
    status: 409,
    en: '{word} names an option of this list already ({option}). Choose another word, or change that option.',
    cs: '{word} už v tomto číselníku označuje možnost {option}. Zvolte jiné slovo, nebo upravte tuto možnost.',
  },
  'list.option_unusable': {
    status: 422,
    en: '{word} cannot name an option: it needs 1 to 100 characters and no semicolon, bar or line break.',
    cs: '{word} nemůže být názvem možnosti: má mít 1 až 100 znaků a žádný středník, svislou čáru ani konec řádku.',
  },
  'list.option_in_use': {
    status: 409,
    en: '{count} records hold the option {option}. Archive it instead: they keep it and nobody is offered it any more.',
    cs: 'Možnost {option} mají záznamy (celkem {count}). Raději ji archivujte: záznamům zůstane a už se nebude nabízet.',
  },
  'list.too_many_options': {
    status: 422,
    en: 'A list takes at most {maximum} options. Use a text field for more.',
    cs: 'Číselník má nejvýše {maximum} možností. Pro více použijte textové pole.',
  },
  'list.order_outdated': {
    status: 409,
    en: 'Options were added or deleted meanwhile. Load the list again and repeat the order.',
    cs: 'Možnosti mezitím přibyly nebo ubyly. Načtěte číselník znovu a pořadí zopakujte.',
  },
})
