/**
 * Accounts over HTTP: setup, sign-in, one's own sessions and profile, people, invitations, password resets,
 * API keys, the organisation, and the table of roles.
 */
import { z } from 'zod'
import { defineOperation } from '../platform/contract.ts'
import { type Permission, permissions, roles } from './permissions.ts'

export const languages = ['en', 'cs'] as const
export const personStatuses = ['invited', 'active', 'deactivated'] as const
export type PersonStatus = (typeof personStatuses)[number]

const Id = z.string().regex(/^\d{1,18}$/)
const Moment = z.iso.datetime()
const Cursor = z.string().max(300)
const Name = z.string().trim().min(1).max(200)
const Email = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/)
/** What makes a password acceptable is a refusal with a sentence, not a malformed request. */
const Password = z.string().min(1).max(1000)
/** From a link: names the organisation and carries the secret. */
const Token = z.string().min(1).max(200)
const LanguageName = z.enum(languages)
const RoleName = z.enum(roles)
const PermissionName = z.enum(Object.keys(permissions) as [Permission, ...Permission[]])
const CountryCode = z.string().regex(/^[A-Z]{2}$/)
const CurrencyCode = z.string().regex(/^[A-Z]{3}$/)
const TimeZone = z.string().min(1).max(60)
const byId = z.object({ id: Id })

export const OrganisationView = z.object({
  id: Id,
  name: z.string(),
  /** Language of new people and of mail to those who have not chosen one. */
  language: LanguageName,
  /** IANA name, such as `Europe/Prague`. */
  timeZone: z.string(),
  /** ISO 3166-1 alpha-2; national phone numbers are read as this country's. */
  country: z.string(),
  /** ISO 4217; money without a currency is in this one. */
  currency: z.string(),
  isDemo: z.boolean(),
})
export type OrganisationView = z.infer<typeof OrganisationView>

/** Who the caller is and what they may do. */
export const SessionView = z.object({
  person: z.object({ id: Id, name: z.string(), email: z.string().nullable(), role: RoleName }),
  organisation: OrganisationView,
  permissions: z.array(PermissionName),
  language: LanguageName,
  via: z.enum(['session', 'api_key']),
})
export type SessionView = z.infer<typeof SessionView>

// Setup, sign-in and one's own account

export const describeSetup = defineOperation({
  id: 'describeSetup',
  method: 'GET',
  path: '/setup',
  summary: 'Whether this installation still waits for its first organisation',
  tag: 'Setup',
  permission: 'public',
  response: z.object({ needed: z.boolean() }),
})

/** The token is in the link on the console: `/setup?token=…`. */
export const completeSetup = defineOperation({
  id: 'completeSetup',
  method: 'POST',
  path: '/setup',
  summary: 'Make the first organisation and its administrator, and sign in',
  tag: 'Setup',
  permission: 'public',
  body: z.object({
    token: Token,
    organisation: Name,
    name: Name,
    email: Email,
    password: Password,
    language: LanguageName.default('en'),
    timeZone: TimeZone.default('Europe/Prague'),
    country: CountryCode.default('CZ'),
    currency: CurrencyCode.default('CZK'),
  }),
  status: 201,
  response: SessionView,
  refusals: [
    'setup.token_invalid',
    'setup.already_done',
    'password.too_short',
    'password.too_long',
    'password.too_common',
    'password.is_email',
    'organisation.time_zone_unknown',
    'organisation.currency_unknown',
    'organisation.country_unknown',
  ],
})

export const OrganisationChoice = z.object({ id: Id, name: z.string() })

/**
 * Either the session, or, when the same e-mail and password open several organisations, the list to choose
 * from: sign in again with `organisationId`.
 */
export const signIn = defineOperation({
  id: 'signIn',
  method: 'POST',
  path: '/session',
  summary: 'Sign in with e-mail and password; the session is a cookie',
  tag: 'Sessions',
  permission: 'public',
  body: z.object({ email: Email, password: Password, organisationId: Id.optional() }),
  response: z.object({ session: SessionView.nullable(), organisations: z.array(OrganisationChoice) }),
  refusals: ['sign-in.wrong', 'sign-in.throttled'],
})

export const findSession = defineOperation({
  id: 'findSession',
  method: 'GET',
  path: '/session',
  summary: 'Who am I, in which organisation, and what may I do',
  tag: 'Sessions',
  permission: 'signed-in',
  response: SessionView,
})

export const signOut = defineOperation({
  id: 'signOut',
  method: 'DELETE',
  path: '/session',
  summary: 'Sign out',
  tag: 'Sessions',
  permission: 'signed-in',
  response: z.object({ ended: z.number() }),
})

export const OwnSession = z.object({
  id: Id,
  isCurrent: z.boolean(),
  createdAt: Moment,
  lastSeenAt: Moment,
  expiresAt: Moment,
  ip: z.string(),
  userAgent: z.string(),
})
export type OwnSession = z.infer<typeof OwnSession>

export const listSessions = defineOperation({
  id: 'listSessions',
  method: 'GET',
  path: '/sessions',
  summary: 'Where I am signed in',
  tag: 'Sessions',
  permission: 'signed-in',
  response: z.object({ sessions: z.array(OwnSession) }),
})

export const endSession = defineOperation({
  id: 'endSession',
  method: 'DELETE',
  path: '/sessions/:id',
  summary: 'Sign out on one device',
  tag: 'Sessions',
  permission: 'signed-in',
  params: byId,
  response: z.object({ ended: z.number() }),
  refusals: ['session.not_found'],
})

export const signOutEverywhere = defineOperation({
  id: 'signOutEverywhere',
  method: 'DELETE',
  path: '/sessions',
  summary: 'Sign out everywhere, here included',
  tag: 'Sessions',
  permission: 'signed-in',
  response: z.object({ ended: z.number() }),
})

export const changeProfile = defineOperation({
  id: 'changeProfile',
  method: 'PATCH',
  path: '/me',
  summary: 'Change my name or language',
  tag: 'Sessions',
  permission: 'signed-in',
  body: z.object({ name: Name.optional(), language: LanguageName.optional() }),
  response: SessionView,
  refusals: ['session.person_only'],
})

/** Ends all other sessions. */
export const changePassword = defineOperation({
  id: 'changePassword',
  method: 'PUT',
  path: '/me/password',
  summary: 'Change my password; other devices are signed out',
  tag: 'Sessions',
  permission: 'signed-in',
  body: z.object({ currentPassword: Password, newPassword: Password }),
  response: z.object({ ended: z.number() }),
  refusals: [
    'session.person_only',
    'password.wrong',
    'password.too_short',
    'password.too_long',
    'password.too_common',
    'password.is_email',
    'sign-in.throttled',
  ],
})

// People

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
    search: z.string().max(200).optional(),
    status: z.enum(personStatuses).optional(),
    role: RoleName.optional(),
    cursor: Cursor.optional(),
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

// API keys

export const ApiKeyView = z.object({
  id: Id,
  name: z.string(),
  /** The start of the secret, by which a key can be recognised. */
  hint: z.string(),
  scopes: z.array(PermissionName),
  createdBy: z.object({ id: Id, name: z.string() }),
  createdAt: Moment,
  expiresAt: Moment.nullable(),
  lastUsedAt: Moment.nullable(),
  revokedAt: Moment.nullable(),
})
export type ApiKeyView = z.infer<typeof ApiKeyView>

export const listApiKeys = defineOperation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/api-keys',
  summary: 'API keys of the organisation, newest first, revoked ones included',
  tag: 'API keys',
  permission: 'api-keys.manage',
  response: z.object({ keys: z.array(ApiKeyView) }),
})

export const createApiKey = defineOperation({
  id: 'createApiKey',
  method: 'POST',
  path: '/api-keys',
  summary: 'Make an API key; its secret is in this answer and never again',
  tag: 'API keys',
  permission: 'api-keys.manage',
  body: z.object({
    name: Name,
    scopes: z.array(PermissionName).min(1).max(100),
    expiresAt: Moment.nullable().default(null),
  }),
  status: 201,
  response: z.object({ key: ApiKeyView, secret: z.string() }),
  refusals: ['api-key.expired', 'api-key.scope_not_held'],
})

export const revokeApiKey = defineOperation({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/api-keys/:id',
  summary: 'Revoke an API key; it stops working at once',
  tag: 'API keys',
  permission: 'api-keys.manage',
  params: byId,
  response: ApiKeyView,
  refusals: ['api-key.not_found'],
})

// The organisation and its roles

export const findOrganisation = defineOperation({
  id: 'findOrganisation',
  method: 'GET',
  path: '/organisation',
  summary: 'The organisation and its defaults',
  tag: 'Organisation',
  permission: 'organisation.read',
  response: OrganisationView,
})

export const changeOrganisation = defineOperation({
  id: 'changeOrganisation',
  method: 'PATCH',
  path: '/organisation',
  summary: 'Rename the organisation or change its defaults',
  tag: 'Organisation',
  permission: 'organisation.manage',
  body: z.object({
    name: Name.optional(),
    language: LanguageName.optional(),
    timeZone: TimeZone.optional(),
    country: CountryCode.optional(),
    currency: CurrencyCode.optional(),
  }),
  response: OrganisationView,
  refusals: [
    'organisation.time_zone_unknown',
    'organisation.currency_unknown',
    'organisation.country_unknown',
  ],
})

const Labels = z.object({ en: z.string(), cs: z.string() })

export const describeRoles = defineOperation({
  id: 'describeRoles',
  method: 'GET',
  path: '/roles',
  summary: 'The roles and the permission table',
  tag: 'Organisation',
  permission: 'signed-in',
  response: z.object({
    roles: z.array(
      z.object({
        name: RoleName,
        labels: Labels,
        description: Labels,
        permissions: z.array(PermissionName),
      }),
    ),
    permissions: z.array(z.object({ name: PermissionName, labels: Labels, roles: z.array(RoleName) })),
  }),
})
