/**
 * Slows down guessing: after some attempts an e-mail address, and an IP address, must wait, each time twice
 * as long. An attempt is counted before the password is looked at, so that many at once gain nothing; a right
 * password clears its address. Counted beside the caller's transaction, because a refusal rolls that back.
 */
import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import { one, run, sql } from '../../platform/database.ts'
import type { WorkSource } from '../../platform/work.ts'
import { refuseAccount } from '../refusals.ts'

/** `free`: attempts without any delay; an address shared by an office gets more. */
const limits = { email: { free: 5 }, ip: { free: 30 } } as const
const longestSeconds = 900
/** After so long without an attempt the count begins anew. */
const forgetSeconds = 3600

type Scope = keyof typeof limits

type Attempt = {
  /** Attempts of different purposes do not add up. */
  readonly purpose: 'sign-in' | 'password-reset'
  readonly email: string
  readonly ip: string
}

/** Counts an attempt, or refuses it with `sign-in.throttled` and the seconds to wait. */
export async function countAttempt(source: WorkSource, attempt: Attempt): Promise<void> {
  await count(source, 'ip', subjectOf('ip', attempt))
  await count(source, 'email', subjectOf('email', attempt))
}

/** The attempt was right: it is taken back. */
export async function clearAttempts(source: WorkSource, attempt: Attempt): Promise<void> {
  const db = source.database.roles('app')
  await run(
    db,
    sql`delete from sign_in_throttles where scope = 'email' and subject = ${subjectOf('email', attempt)}::bytea`,
  )
  await run(
    db,
    sql`update sign_in_throttles set failures = failures - 1, blocked_until = failed_at
        where scope = 'ip' and subject = ${subjectOf('ip', attempt)}::bytea and failures > 0`,
  )
}

async function count(source: WorkSource, scope: Scope, subject: Buffer): Promise<void> {
  const now = source.clock.now()
  const free = limits[scope].free
  const { wait } = await one(
    source.database.roles('app'),
    sql<{ wait: number }>`
      with counted as (
        insert into sign_in_throttles as t (scope, subject, failures, failed_at, blocked_until)
        values (${scope}::text, ${subject}::bytea, 1, ${now}::timestamptz, ${now}::timestamptz)
        on conflict (scope, subject) do update set
          failures = case when ${isForgotten(now)} then 1 else t.failures + 1 end,
          failed_at = excluded.failed_at,
          blocked_until = excluded.failed_at + interval '1 second' * case
            when ${isForgotten(now)} or t.failures < ${free}::int then 0
            else least(power(2, least(t.failures - ${free}::int, 20)), ${longestSeconds}::int) end
        where t.blocked_until <= excluded.failed_at
        returning 0 as wait
      )
      select coalesce((select wait from counted), greatest(1, (
        select ceil(extract(epoch from blocked_until - ${now}::timestamptz))
        from sign_in_throttles where scope = ${scope}::text and subject = ${subject}::bytea
      )))::int as wait`,
  )
  if (wait > 0) throw refuseAccount('sign-in.throttled', { seconds: wait })
  await forgetOld(source, now)
}

function isForgotten(now: Date) {
  return sql`t.failed_at < ${now}::timestamptz - ${forgetSeconds}::int * interval '1 second'`
}

/** A few at a time, so that the table stays small without a task of its own. */
async function forgetOld(source: WorkSource, now: Date): Promise<void> {
  await run(
    source.database.roles('app'),
    sql`delete from sign_in_throttles t where ctid in (
          select ctid from sign_in_throttles t where ${isForgotten(now)} limit 10 for update skip locked)`,
  )
}

function subjectOf(scope: Scope, { purpose, email, ip }: Attempt): Buffer {
  const subject = scope === 'email' ? email.trim().toLowerCase() : networkOf(ip)
  return createHash('sha256').update(`${purpose} ${subject}`).digest()
}

/** One household has a whole IPv6 /64, so its first half stands for it; IPv4 as it is, mapped or not. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  if (isIP(ip) !== 6) return ip
  const [head = '', tail] = ip.split('%')[0]!.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
