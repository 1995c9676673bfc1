import { expect, test } from 'vitest'
import { tellEvent } from './event-sentence.ts'

const invited = { en: 'Invited {name} as {role}', cs: 'Pozvání: {name}, role {role}' }
const params = { name: 'Jana', role: { en: 'Operator', cs: 'Operátor' } }

test('an event is told in the language of the reader, its words included', () => {
  expect(tellEvent(invited, 'person.invited', params, 'en')).toBe('Invited Jana as Operator')
  expect(tellEvent(invited, 'person.invited', params, 'cs')).toBe('Pozvání: Jana, role Operátor')
})

test('an event that nobody declares any more is told by its code', () => {
  expect(tellEvent(undefined, 'old.event', {}, 'en')).toBe('old.event')
})

test('what a person typed is never read as a parameter of the sentence', () => {
  expect(tellEvent(invited, 'person.invited', { ...params, name: '{role}' }, 'en')).toBe(
    'Invited {role} as Operator',
  )
})
