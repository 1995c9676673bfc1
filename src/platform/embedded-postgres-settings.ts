/**
 * The settings of the embedded PostgreSQL: for a machine of two cores that loads in bulk, durable, reachable
 * through its socket only, and with a log that never holds anybody's data. Written anew at every start;
 * what `alter system` sets comes after it and wins.
 */
export type PostgresSurroundings = {
  readonly socketDir: string
  readonly clusterName: string
  readonly memoryBytes: number
  readonly freeBytes: number
  /** The size of /dev/shm, which containers often limit to 64 MB; null where there is none. */
  readonly sharedMemoryBytes: number | null
}

const mega = 1024 * 1024
const giga = 1024 * mega

export function renderSettings(surroundings: PostgresSurroundings): string {
  const memory = surroundings.memoryBytes
  const shared = surroundings.sharedMemoryBytes
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: '',
    port: String(postgresPort),
    unix_socket_directories: `"${surroundings.socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    cluster_name: surroundings.clusterName,
    max_connections: '100',
    // A statement whose client has died ends within a second, and with it the locks of a dead worker.
    client_connection_check_interval: '1s',

    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    wal_compression: 'on',
    max_wal_size: megabytes(clamp(surroundings.freeBytes / 8, 256 * mega, 4 * giga)),
    checkpoint_timeout: '15min',

    shared_buffers: megabytes(clamp(memory / 8, 32 * mega, 256 * mega)),
    effective_cache_size: megabytes(Math.max(memory / 2, 64 * mega)),
    maintenance_work_mem: megabytes(clamp(memory / 32, 16 * mega, 256 * mega)),
    work_mem: megabytes(clamp(memory / 256, 4 * mega, 16 * mega)),
    // Parallel queries reserve their memory in /dev/shm and fail where it is small.
    ...(shared !== null && shared < giga ? { dynamic_shared_memory_type: 'mmap' } : {}),
    jit: 'off',
    random_page_cost: '1.1',

    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO, YMD',
    lc_messages: 'C',

    // An ordinary error can quote a value ("invalid input syntax for type date: …"), and its detail the whole
    // row. The client gets both; the log keeps only what concerns the server: LOG, FATAL and PANIC.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_autovacuum_min_duration: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_lock_waits: 'off',
    log_temp_files: '-1',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
    logging_collector: 'off',
    log_destination: 'stderr',
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`)
  return `# Written by Carryover at every start; changes here are lost, "alter system" is kept.\n${lines.join('\n')}\n`
}

/** Nothing listens on the network: the port is only part of the socket's name. */
export const postgresPort = 5432

export function socketPath(socketDir: string): string {
  return `${socketDir}/.s.PGSQL.${postgresPort}`
}

/** A socket's path may have 107 bytes on Linux and 103 on macOS. */
export function fitsSocket(socketDir: string): boolean {
  return Buffer.byteLength(socketPath(socketDir)) <= 103
}

function clamp(bytes: number, least: number, most: number): number {
  return Math.min(Math.max(bytes, least), most)
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / mega)}MB`
}
