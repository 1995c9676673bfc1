/** What is to be said of a filled template: that it is of another time or another house, and what differs. */
import { declareFindings } from '../../tabular/finding.ts'

export const templateFindings = declareFindings({
  'template.outdated': {
    severity: 'info',
    en: 'This template is of {date}, and fields or lists have changed since. What they still have in common is imported; the changes are named here.',
    cs: 'Tato šablona je z {date} a pole či seznamy se od té doby změnily. Co mají společného, to se importuje; změny jsou uvedeny zde.',
  },
  'template.fields_added': {
    severity: 'info',
    en: 'Added since the template was made: {fields}. Download it again if you want to fill them in.',
    cs: 'Od vytvoření šablony přibylo: {fields}. Chcete-li je vyplnit, stáhněte šablonu znovu.',
  },
  'template.fields_removed': {
    severity: 'warning',
    en: 'No longer there: {fields}. What stands in these columns is left out.',
    cs: 'Již neexistuje: {fields}. Obsah těchto sloupců se vynechá.',
  },
  'template.fields_renamed': {
    severity: 'info',
    en: 'Renamed since the template was made: {fields}. The columns are assigned all the same.',
    cs: 'Od vytvoření šablony přejmenováno: {fields}. Sloupce jsou přesto přiřazeny.',
  },
  'template.type_changed': {
    severity: 'warning',
    en: 'Of another type since the template was made: {fields}. The values are read as the field takes them now.',
    cs: 'Od vytvoření šablony má jiný typ: {fields}. Hodnoty se čtou tak, jak je pole přijímá nyní.',
  },
  'template.options_changed': {
    severity: 'info',
    en: 'The list of “{field}” has changed since the template was made. New: {added}. Gone: {removed}. Renamed: {renamed}.',
    cs: 'Seznam pole „{field}“ se od vytvoření šablony změnil. Nové: {added}. Zrušené: {removed}. Přejmenované: {renamed}.',
  },
  'template.other_organisation': {
    severity: 'warning',
    en: 'This template was made for {organisation}. Fields that only they have are left out; download the template of your own organisation.',
    cs: 'Tato šablona byla vytvořena pro {organisation}. Pole, která mají jen oni, se vynechají; stáhněte si šablonu své organizace.',
  },
  'template.other_kind': {
    severity: 'warning',
    en: 'This is a template for {kind}, and it is read as something else. Begin the import with that kind.',
    cs: 'Toto je šablona pro {kind}, ale čte se jako něco jiného. Začněte import s tímto druhem.',
  },
  'row.is_example': {
    severity: 'info',
    en: 'Left out: this is an example row of the template.',
    cs: 'Vynecháno: toto je ukázkový řádek šablony.',
  },
})
