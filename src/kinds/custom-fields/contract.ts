/** Custom fields over HTTP: what an organisation adds to a kind. */
export const customFieldTypes = [
  'text',
  'multiline',
  'integer',
  'number',
  'money',
  'percent',
  'date',
  'time',
  'datetime',
  'boolean',
  'enum',
  'choices',
  'url',
  'email',
  'phone',
  'country',
  'person',
  'file',
] as const
export type CustomFieldType = (typeof customFieldTypes)[number]
