/**
 * Accounts over HTTP: setup, sign-in, one's own sessions and profile, the organisation and the table of roles.
 * People and their links are in `people/contract.ts`, API keys in `api-keys/contract.ts`.
 */
import { z } from 'zod'
import { defineOperation } from '../platform/contract.ts'
import { type Permission, permissions, roles } from './permissions.ts'

export const languages = ['en', 'cs'] as const

export const Id = z.string().regex(/^\d{1,18}$/)
export const Moment = z.iso.datetime()
/** One line of text: no control characters, which PostgreSQL (NUL) or a mail's head (line ends) cannot hold. */
export const Line = z.string().regex(/^\P{Cc}*$/u)
export const Name = Line.trim().min(1).max(200)
export const Email = Line.trim()
  .max(254)
  .regex(/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/)
/** What makes a password acceptable is a refusal with a sentence, not a malformed request. */
export const Password = z.string().min(1).max(1000)
/** From a link: names the organisation and carries the secret. */
export const Token = z.string().min(1).max(200)
export const LanguageName = z.enum(languages)
export const RoleName = z.enum(roles)
export const PermissionName = z.enum(Object.keys(permissions) as [Permission, ...Permission[]])
const CountryCode = z.string().regex(/^[A-Z]{2}$/)
const CurrencyCode = z.string().regex(/^[A-Z]{3}$/)
const TimeZone = z.string().min(1).max(60)
export const byId = z.object({ id: Id })

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

const OrganisationChoice = z.object({ id: Id, name: z.string() })

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
