import { describe, expect, test } from 'vitest'
import { parsePs } from './embedded-postgres-processes.ts'
import { renderSettings } from './embedded-postgres-settings.ts'

const giga = 1024 ** 3
const server = {
  socketDir: '/data/postgres',
  clusterName: 'carryover-1',
  memoryBytes: 16 * giga,
  freeBytes: 100 * giga,
  sharedMemoryBytes: 8 * giga,
}

function settings(change: Partial<typeof server>): Record<string, string> {
  const lines = renderSettings({ ...server, ...change }).matchAll(/^(\w+) = '(.*)'$/gm)
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]))
}

describe('settings', () => {
  test('an ordinary machine', () => {
    expect(settings({})).toMatchObject({ shared_buffers: '256MB', max_wal_size: '4096MB', work_mem: '16MB' })
    expect(settings({})).not.toHaveProperty('dynamic_shared_memory_type')
  })

  test('a small machine with little disk, in a container with little shared memory', () => {
    const small = { memoryBytes: giga / 2, freeBytes: 4 * giga, sharedMemoryBytes: giga / 16 }
    expect(settings(small)).toMatchObject({
      shared_buffers: '64MB',
      max_wal_size: '512MB',
      maintenance_work_mem: '16MB',
      work_mem: '4MB',
      dynamic_shared_memory_type: 'mmap',
    })
  })

  test('quotes in the path of the socket', () => {
    expect(settings({ socketDir: `/it's "a", b` })['unix_socket_directories']).toBe(`"/it''s ""a"", b"`)
  })
})

describe('the list of processes where there is no /proc', () => {
  test('numbers, start and command; what only waits to be collected is left out', () => {
    const output = [
      '    1     0 Ss   Mon Nov  2 09:14:07 2026     /sbin/launchd',
      '  812     1 S+   Sun Nov 22 10:00:01 2026     postgres: carryover-1: checkpointer ',
      '  813   812 Z    Sun Nov 22 10:00:01 2026     (node)',
      '',
    ].join('\n')
    expect(parsePs(output)).toEqual([
      { pid: 1, parent: 0, started: 'Mon Nov  2 09:14:07 2026', command: '/sbin/launchd' },
      {
        pid: 812,
        parent: 1,
        started: 'Sun Nov 22 10:00:01 2026',
        command: 'postgres: carryover-1: checkpointer ',
      },
    ])
  })
})
