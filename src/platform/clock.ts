/** The only place that reads the time. Everything else gets a `Clock`, so that a test can travel. */
export type Clock = { now(): Date }

export const systemClock: Clock = { now: () => new Date() }
