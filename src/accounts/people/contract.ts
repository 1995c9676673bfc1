/** People over HTTP, and what the links in their mail do: invitations and password resets. */
import { z } from 'zod'
import { defineOperation } from '../../platform/contract.ts'
import {
  byId,
  Email,
  Id,
  LanguageName,
  Line,
  Moment,
  Name,
  Password,
  RoleName,
  SessionView,
  Token,
} from '../contract.ts'

/** `uninvited`: known, for example from an import, and without sign-in until somebody invites them. */
const personStatuses = ['uninvited', 'invited', 'active', 'deactivated'] as const
export type PersonStatus = (typeof personStatuses)[number]

export const PersonView = z.object({
  id: Id,
  name: z.string(),
  /** Null: a person without sign-in. */
  email: z.string().nullable(),
  role: RoleName,
  language: LanguageName,
  status: z.enum(personStatuses),
  /** When the open invitation ends; null when there is none. */
  invitationExpiresAt: Moment.nullable(),
  lastSeenAt: Moment.nullable(),
  createdAt: Moment,
  isMe: z.boolean(),
})
export type PersonView = z.infer<typeof PersonView>

export const listPeople = defineOperation({
  id: 'listPeople',
  method: 'GET',
  path: '/people',
  summary: 'People of the organisation, by name',
  tag: 'People',
  permission: 'people.read',
  query: z.object({
    search: Line.max(200).optional(),
    status: z.enum(personStatuses).optional(),
    role: RoleName.optional(),
    cursor: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ people: z.array(PersonView), next: z.string().nullable(), total: z.number() }),
})

export const findPerson = defineOperation({
  id: 'findPerson',
  method: 'GET',
  path: '/people/:id',
  summary: 'One person',
  tag: 'People',
  permission: 'people.read',
  params: byId,
  response: PersonView,
  refusals: ['person.not_found'],
})

export const invitePerson = defineOperation({
  id: 'invitePerson',
  method: 'POST',
  path: '/people',
  summary: 'Invite somebody by e-mail; the mail goes to the outbox',
  tag: 'People',
  permission: 'people.manage',
  body: z.object({ email: Email, name: Name, role: RoleName, language: LanguageName.optional() }),
  status: 201,
  response: PersonView,
  refusals: ['person.email_taken'],
})

export const resendInvitation = defineOperation({
  id: 'resendInvitation',
  method: 'POST',
  path: '/people/:id/invitation',
  summary: 'Invite again; the earlier link stops working',
  tag: 'People',
  permission: 'people.manage',
  params: byId,
  response: PersonView,
  refusals: ['person.not_found', 'person.not_invited'],
})

export const changePerson = defineOperation({
  id: 'changePerson',
  method: 'PATCH',
  path: '/people/:id',
  summary: 'Change somebody’s name, role or language',
  tag: 'People',
  permission: 'people.manage',
  params: byId,
  body: z.object({
    name: Name.optional(),
    role: RoleName.optional(),
    language: LanguageName.optional(),
  }),
  response: PersonView,
  refusals: ['person.not_found', 'person.last_administrator'],
})

export const deactivatePerson = defineOperation({
  id: 'deactivatePerson',
  method: 'POST',
  path: '/people/:id/deactivate',
  summary: 'Take away access: sessions end, API keys of this person stop working',
  tag: 'People',
  permission: 'people.manage',
  params: byId,
  response: PersonView,
  refusals: ['person.not_found', 'person.last_administrator'],
})

export const reactivatePerson = defineOperation({
  id: 'reactivatePerson',
  method: 'POST',
  path: '/people/:id/reactivate',
  summary: 'Give access back; somebody who never accepted is invited again',
  tag: 'People',
  permission: 'people.manage',
  params: byId,
  response: PersonView,
  refusals: ['person.not_found'],
})

// Links from mail: `/invitation?token=…` and `/reset?token=…`

export const describeInvitation = defineOperation({
  id: 'describeInvitation',
  method: 'POST',
  path: '/invitations/describe',
  summary: 'What an invitation link invites to',
  tag: 'Invitations',
  permission: 'public',
  body: z.object({ token: Token }),
  response: z.object({
    organisation: z.string(),
    email: z.string(),
    name: z.string(),
    role: RoleName,
    language: LanguageName,
  }),
  refusals: ['invitation.invalid'],
})

export const acceptInvitation = defineOperation({
  id: 'acceptInvitation',
  method: 'POST',
  path: '/invitations/accept',
  summary: 'Accept an invitation: choose a password, and be signed in',
  tag: 'Invitations',
  permission: 'public',
  body: z.object({
    token: Token,
    password: Password,
    name: Name.optional(),
    language: LanguageName.optional(),
  }),
  response: SessionView,
  refusals: [
    'invitation.invalid',
    'password.too_short',
    'password.too_long',
    'password.too_common',
    'password.is_email',
  ],
})

/** Answers the same whether the address is known or not. */
export const requestPasswordReset = defineOperation({
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/password-resets',
  summary: 'Ask for a link to set a new password',
  tag: 'Invitations',
  permission: 'public',
  body: z.object({ email: Email }),
  status: 202,
  response: z.object({ accepted: z.literal(true) }),
  refusals: ['sign-in.throttled'],
})

/** Ends all earlier sessions of the person. */
export const completePasswordReset = defineOperation({
  id: 'completePasswordReset',
  method: 'POST',
  path: '/password-resets/complete',
  summary: 'Set a new password with the link’s token, and be signed in',
  tag: 'Invitations',
  permission: 'public',
  body: z.object({ token: Token, password: Password }),
  response: SessionView,
  refusals: [
    'password-reset.invalid',
    'password.too_short',
    'password.too_long',
    'password.too_common',
    'password.is_email',
  ],
})
