/**
 * What can be wrong with a value, in both languages. Conversion (values/) uses exactly these codes;
 * the check stage adds row, line, column and the cell as it stood, which is `{value}` only where a sentence
 * could not be understood without it.
 */
import { declareFindings } from '../tabular/finding.ts'

export const valueFindings = declareFindings({
  'value.required': {
    severity: 'error',
    en: 'This field must be filled in. Fill the cell, or give the field one value for all rows.',
    cs: 'Toto pole musí být vyplněné. Doplňte buňku, nebo dejte poli jednu hodnotu pro všechny řádky.',
  },
  'value.too_long': {
    severity: 'error',
    en: 'The text has {length} characters and {maximum} fit. Shorten it, or map the column to a longer field.',
    cs: 'Text má {length} znaků a vejde se {maximum}. Zkraťte jej, nebo sloupec přiřaďte k delšímu poli.',
  },
  'value.wrong_pattern': {
    severity: 'error',
    en: 'The value does not have the form that this field asks for. Correct the cell.',
    cs: 'Hodnota nemá tvar, který pole vyžaduje. Opravte buňku.',
  },
  'value.control_character': {
    severity: 'error',
    en: 'The text holds a control character ({character}), often a sign of a wrong encoding. Remove it, or choose another encoding for the file.',
    cs: 'Text obsahuje řídicí znak ({character}), často známku špatného kódování. Odstraňte jej, nebo zvolte jiné kódování souboru.',
  },
  'value.line_break': {
    severity: 'error',
    en: 'The text has several lines and this field holds one. Join the lines, or map the column to a note.',
    cs: 'Text má více řádků a toto pole má jeden. Spojte řádky, nebo sloupec přiřaďte k poznámce.',
  },
  'value.scientific_notation': {
    severity: 'error',
    en: '{value} is a number that a spreadsheet has shortened: digits are missing. Take the full number from the old system.',
    cs: '{value} je číslo zkrácené tabulkovým programem: chybějí v něm číslice. Vezměte celé číslo z původního systému.',
  },
  'value.not_an_integer': {
    severity: 'error',
    en: '{value} is not a whole number. Correct the cell.',
    cs: '{value} není celé číslo. Opravte buňku.',
  },
  'value.not_a_number': {
    severity: 'error',
    en: '{value} cannot be read as a number. Correct the cell, or check the decimal and thousands marks of the column.',
    cs: '{value} nelze přečíst jako číslo. Opravte buňku, nebo zkontrolujte desetinný znak a oddělovač tisíců ve sloupci.',
  },
  'value.decimal_unsettled': {
    severity: 'error',
    en: '{value} can be read in two ways. Say for the whole column whether the decimal mark is a point or a comma.',
    cs: '{value} lze číst dvěma způsoby. Určete pro celý sloupec, zda je desetinným znakem tečka, nebo čárka.',
  },
  'value.below_minimum': {
    severity: 'error',
    en: '{value} is less than {minimum}, the least that this field takes. Correct the cell.',
    cs: '{value} je méně než {minimum}, nejmenší hodnota pole. Opravte buňku.',
  },
  'value.above_maximum': {
    severity: 'error',
    en: '{value} is more than {maximum}, the most that this field takes. Correct the cell.',
    cs: '{value} je více než {maximum}, největší hodnota pole. Opravte buňku.',
  },
  'value.number_too_large': {
    severity: 'error',
    en: 'The number has more digits than can be stored. Correct the cell, or map the column to a text field.',
    cs: 'Číslo má více číslic, než lze uložit. Opravte buňku, nebo sloupec přiřaďte k textovému poli.',
  },
  'value.not_a_boolean': {
    severity: 'error',
    en: '{value} is neither yes nor no. Write yes or no, or assign this value to one of them for the whole column.',
    cs: '{value} není ano ani ne. Napište ano nebo ne, nebo tuto hodnotu přiřaďte k jedné z nich pro celý sloupec.',
  },
  'value.not_a_date': {
    severity: 'error',
    en: '{value} cannot be read as a date. Correct the cell, or check the order of day, month and year of the column.',
    cs: '{value} nelze přečíst jako datum. Opravte buňku, nebo zkontrolujte pořadí dne, měsíce a roku ve sloupci.',
  },
  'value.no_such_date': {
    severity: 'error',
    en: '{value} is not a day in the calendar. Correct the cell, or check the order of day and month of the column.',
    cs: '{value} v kalendáři neexistuje. Opravte buňku, nebo zkontrolujte pořadí dne a měsíce ve sloupci.',
  },
  'value.date_order_unsettled': {
    severity: 'error',
    en: '{value} can be read in two ways. Say for the whole column in which order day, month and year stand.',
    cs: '{value} lze číst dvěma způsoby. Určete pro celý sloupec, v jakém pořadí stojí den, měsíc a rok.',
  },
  'value.short_year': {
    severity: 'error',
    en: 'The year in {value} has two digits. Say for the whole column which century it belongs to.',
    cs: 'Rok v hodnotě {value} má dvě číslice. Určete pro celý sloupec, do kterého století patří.',
  },
  'value.date_depends_on_zone': {
    severity: 'error',
    en: '{value} is a moment, and its day depends on the time zone. Choose the time zone of the column.',
    cs: '{value} je okamžik a jeho den závisí na časovém pásmu. Zvolte časové pásmo sloupce.',
  },
  'value.not_a_datetime': {
    severity: 'error',
    en: '{value} cannot be read as a date and time. Correct the cell.',
    cs: '{value} nelze přečíst jako datum a čas. Opravte buňku.',
  },
  'value.no_time_zone': {
    severity: 'error',
    en: '{value} does not say its time zone. Choose the time zone of the column.',
    cs: '{value} neuvádí časové pásmo. Zvolte časové pásmo sloupce.',
  },
  'value.no_such_time': {
    severity: 'error',
    en: '{value} does not exist in {zone}: the clocks went forward over it. Correct the cell, or choose another time zone.',
    cs: '{value} v pásmu {zone} neexistuje: hodiny se přes tuto dobu posunuly vpřed. Opravte buňku, nebo zvolte jiné pásmo.',
  },
  'value.unknown_country': {
    severity: 'error',
    en: '{value} is not a country that we know. Write its name or two-letter code, or assign it for the whole column.',
    cs: '{value} není země, kterou známe. Napište její název nebo dvoupísmenný kód, nebo ji přiřaďte pro celý sloupec.',
  },
  'value.misspelt_country': {
    severity: 'error',
    en: '{value} is not a country that we know. Did you mean {name} ({suggestion})? Assign it for the whole column, or correct the cell.',
    cs: '{value} není země, kterou známe. Mysleli jste {name} ({suggestion})? Přiřaďte ji pro celý sloupec, nebo opravte buňku.',
  },
  'value.unknown_option': {
    severity: 'error',
    en: '{value} is not one of the values of this field ({options}). Assign it to one of them for the whole column, or correct the cell.',
    cs: '{value} není žádná z hodnot pole ({options}). Přiřaďte ji k některé z nich pro celý sloupec, nebo opravte buňku.',
  },
  'value.misspelt_option': {
    severity: 'error',
    en: '{value} is not one of the values of this field. Did you mean {suggestion}? Assign it for the whole column, or correct the cell.',
    cs: '{value} není žádná z hodnot pole. Mysleli jste {suggestion}? Přiřaďte ji pro celý sloupec, nebo opravte buňku.',
  },
  'value.not_a_phone': {
    severity: 'error',
    en: '{value} is not a telephone number. Correct the cell.',
    cs: '{value} není telefonní číslo. Opravte buňku.',
  },
  'value.no_such_phone': {
    severity: 'error',
    en: 'No telephone number in {country} looks like {value}. Correct the cell, or choose the country of the numbers in this column.',
    cs: 'Žádné telefonní číslo v zemi {country} nevypadá jako {value}. Opravte buňku, nebo zvolte zemi čísel v tomto sloupci.',
  },
  'value.phone_without_country': {
    severity: 'error',
    en: '{value} has no country code. Choose the country of the numbers in this column, or write the number with +.',
    cs: '{value} nemá předvolbu země. Zvolte zemi čísel v tomto sloupci, nebo číslo napište s +.',
  },
  'value.several_values': {
    severity: 'error',
    en: 'The cell holds several values and this field takes one. Keep one, and give the others columns of their own.',
    cs: 'Buňka obsahuje více hodnot a pole má jednu. Jednu ponechte a ostatním dejte vlastní sloupce.',
  },
  'value.not_an_email': {
    severity: 'error',
    en: '{value} is not an e-mail address. Correct the cell.',
    cs: '{value} není e-mailová adresa. Opravte buňku.',
  },
  'value.not_a_url': {
    severity: 'error',
    en: '{value} is not a web address. Correct the cell.',
    cs: '{value} není webová adresa. Opravte buňku.',
  },
  'value.not_money': {
    severity: 'error',
    en: '{value} cannot be read as an amount. Correct the cell, or check the decimal and thousands marks of the column.',
    cs: '{value} nelze přečíst jako částku. Opravte buňku, nebo zkontrolujte desetinný znak a oddělovač tisíců ve sloupci.',
  },
  'value.no_currency': {
    severity: 'error',
    en: '{value} does not say its currency. Choose the currency of the column.',
    cs: '{value} neuvádí měnu. Zvolte měnu sloupce.',
  },
  'value.unknown_currency': {
    severity: 'error',
    en: '{currency} is not a currency that we know. Write its three-letter code.',
    cs: '{currency} není měna, kterou známe. Napište její třípísmenný kód.',
  },
  'value.ambiguous_currency': {
    severity: 'error',
    en: '{currency} stands for several currencies. Choose the currency of the column, or write the three-letter code.',
    cs: '{currency} označuje více měn. Zvolte měnu sloupce, nebo napište třípísmenný kód.',
  },
  'value.other_currency': {
    severity: 'error',
    en: 'The cell is in {currency} and the column in {expected}. Correct the cell, or let each cell name its currency.',
    cs: 'Buňka je v měně {currency} a sloupec v měně {expected}. Opravte buňku, nebo nechte měnu uvést v každé buňce.',
  },
  'value.too_precise': {
    severity: 'error',
    en: '{value} has more decimal places than {currency} has ({decimals}). Round it yourself: we do not change amounts.',
    cs: '{value} má více desetinných míst, než má {currency} ({decimals}). Zaokrouhlete ji sami: částky neměníme.',
  },
  'value.not_a_time': {
    severity: 'error',
    en: '{value} cannot be read as a time of day. Write hours and minutes, such as 14:30.',
    cs: '{value} nelze přečíst jako čas. Napište hodiny a minuty, například 14:30.',
  },
  'value.not_a_file': {
    severity: 'error',
    en: '{value} is not a link to a file. Write a web address, a path, or a file name with its ending.',
    cs: '{value} není odkaz na soubor. Napište webovou adresu, cestu, nebo název souboru s příponou.',
  },
  'value.no_option_name': {
    severity: 'error',
    en: '{value} cannot become an option: a name has at most {maximum} characters and no semicolon, bar or line break. Shorten it, or map it to an option.',
    cs: '{value} se nemůže stát možností: název má nejvýše {maximum} znaků a žádný středník, svislou čáru ani konec řádku. Zkraťte jej, nebo jej přiřaďte k možnosti.',
  },
  'value.too_many_options': {
    severity: 'error',
    en: 'The column would create more than {maximum} options, which is no list any more. Map it to a text field.',
    cs: 'Sloupec by vytvořil více než {maximum} možností, což už není seznam. Přiřaďte jej k textovému poli.',
  },
  'value.not_convertible': {
    severity: 'error',
    en: 'There is no way from this value to the new type. Add another field instead, and fill it by an import.',
    cs: 'Tuto hodnotu na nový typ převést nelze. Přidejte raději jiné pole a naplňte je importem.',
  },
})
