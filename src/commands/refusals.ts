/** What the command line itself refuses. Status 400: the command was written wrongly; 5xx: something is away. */
import { declareRefusals } from '../platform/refusal.ts'

export const refuseCommand = declareRefusals({
  'command.no_file': {
    status: 400,
    en: 'There is no file {path}. Check the name and the folder.',
    cs: 'Soubor {path} neexistuje. Zkontrolujte jméno a složku.',
  },
  'command.not_a_file': {
    status: 400,
    en: '{path} is not a file. Name the files one by one.',
    cs: '{path} není soubor. Vyjmenujte soubory jednotlivě.',
  },
  'command.file_closed': {
    status: 400,
    en: '{path} cannot be opened ({reason}). Check that you may read it.',
    cs: '{path} nelze otevřít ({reason}). Zkontrolujte, zda jej smíte číst.',
  },
  'command.cannot_write': {
    status: 400,
    en: '{path} cannot be written ({reason}). Choose another place.',
    cs: 'Do {path} nelze zapisovat ({reason}). Zvolte jiné místo.',
  },
  'command.bad_option': {
    status: 400,
    en: '{option} cannot be “{value}”. {rule}',
    cs: '{option} nemůže být „{value}“. {rule}',
  },
  'command.bad_mapping': {
    status: 400,
    en: 'The mapping in {path} cannot be used: {problem}. It holds columns, constants and settings, each of them optional.',
    cs: 'Mapování v {path} nelze použít: {problem}. Obsahuje columns, constants a settings, každé z nich nepovinné.',
  },
  'command.kind_needed': {
    status: 400,
    en: 'Say with --kind what the rows of {path} become, such as clients. Only a workbook may be given without: its sheets are recognised.',
    cs: 'Pomocí --kind uveďte, čím se stanou řádky souboru {path}, například clients. Bez něj lze zadat jen sešit: jeho listy se rozpoznají.',
  },
  'command.preset_alone': {
    status: 400,
    en: 'A preset says what the rows become and which column is what. Leave out --kind, --mapping and --set, or the preset.',
    cs: 'Předvolba říká, čím se řádky stanou a co je který sloupec. Vynechte --kind, --mapping a --set, nebo předvolbu.',
  },
  'command.kinds_and_files': {
    status: 400,
    en: 'There are {kinds} kinds for {files} files. Give one --kind for all of them, or one for each in their order: then they are one import.',
    cs: 'Na {files} souborů připadá {kinds} druhů. Uveďte jedno --kind pro všechny, nebo pro každý jedno v jejich pořadí: pak jsou jedním importem.',
  },
  'command.mapping_of_set': {
    status: 400,
    en: 'Neither --mapping nor --set says which of several files it is about. Leave them out, and assign columns in the web interface where that is needed.',
    cs: 'Z --mapping ani --set nelze poznat, kterého z více souborů se týká. Vynechte je a sloupce podle potřeby přiřaďte ve webovém rozhraní.',
  },
  'command.no_kind_recognised': {
    status: 422,
    en: 'Not one sheet of {path} could be recognised. Say with --kind what its rows become.',
    cs: 'Žádný list sešitu {path} nebyl rozpoznán. Pomocí --kind uveďte, čím se jeho řádky stanou.',
  },
  'command.several_files': {
    status: 400,
    en: 'Several files cannot go to one output. Name a folder with --out-dir.',
    cs: 'Více souborů nemůže jít na jeden výstup. Uveďte složku pomocí --out-dir.',
  },
  'command.same_name': {
    status: 400,
    en: 'Two of the files are called {name} and would overwrite each other in {folder}. Read them one by one.',
    cs: 'Dva ze souborů se jmenují {name} a ve složce {folder} by se přepsaly. Přečtěte je jednotlivě.',
  },
  'command.same_output': {
    status: 400,
    en: '{path} is the file that is read. Choose another name for what is written.',
    cs: '{path} je čtený soubor. Zvolte pro výstup jiné jméno.',
  },
  'command.cells_of_text': {
    status: 422,
    en: '{name} is a text file: it has rows, and no cells with types of their own. Read it as csv or ndjson; cells is for spreadsheets.',
    cs: '{name} je textový soubor: má řádky, ne buňky s vlastními typy. Přečtěte jej jako csv nebo ndjson; cells je pro tabulkové sešity.',
  },
  'command.binary_to_terminal': {
    status: 400,
    en: 'A workbook is not for the screen. Name a file with -o.',
    cs: 'Sešit není pro obrazovku. Uveďte soubor pomocí -o.',
  },
  'command.needs_key': {
    status: 400,
    en: 'A running server asks for a key: give --api-key, or set CARRYOVER_API_KEY.',
    cs: 'Běžící server vyžaduje klíč: uveďte --api-key, nebo nastavte CARRYOVER_API_KEY.',
  },
  'command.server_away': {
    status: 503,
    en: '{url} cannot be reached ({reason}). Check the address and that the server runs.',
    cs: '{url} není dostupné ({reason}). Zkontrolujte adresu a zda server běží.',
  },
  'command.not_carryover': {
    status: 503,
    en: 'What answers at {url} is not Carryover (status {status}). Check the address.',
    cs: 'Na adrese {url} neodpovídá Carryover (stav {status}). Zkontrolujte adresu.',
  },
  'command.answer_cut': {
    status: 503,
    en: 'The answer of {url} broke off. What was written is not complete; try again.',
    cs: 'Odpověď z {url} se přerušila. Zapsané není úplné; zkuste to znovu.',
  },
  'command.port_taken': {
    status: 409,
    en: 'Port {port} is used by another program. Choose another one with --port.',
    cs: 'Port {port} používá jiný program. Zvolte jiný pomocí --port.',
  },
  'command.address_unusable': {
    status: 409,
    en: 'Carryover cannot listen at {host}, port {port} ({reason}). Choose others with --host and --port.',
    cs: 'Carryover nemůže naslouchat na {host}, port {port} ({reason}). Zvolte jiné pomocí --host a --port.',
  },
  'command.already_running': {
    status: 409,
    en: 'Carryover already runs with this data folder: {url} (process {pid}).',
    cs: 'Carryover s touto datovou složkou už běží: {url} (proces {pid}).',
  },
  'command.no_web': {
    status: 503,
    en: 'The web interface has not been built. Run “npm run build” in the folder of Carryover, then start again.',
    cs: 'Webové rozhraní není sestavené. Ve složce Carryover spusťte „npm run build“ a pak znovu.',
  },
})
