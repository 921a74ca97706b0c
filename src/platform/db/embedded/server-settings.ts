import { totalmem } from 'node:os'

/** The settings PostgreSQL is started with; given on the command line, so that an old folder gets new defaults. */
export function serverSettings(port: number, durable: boolean): string[] {
  const settings = { ...everywhere(port), ...(durable ? memoryFor(memoryOfMachine()) : inTests) }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

const everywhere = (port: number) => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
  unix_socket_directories: '',
  max_connections: '120',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  random_page_cost: '1.1',
  // Compiling costs more than these queries take.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
})

/**
 * A quarter of the memory for pages that PostgreSQL keeps itself, as its documentation advises, but not more than 2 GB:
 * the machine may be somebody's desk. `bytes` is the memory of the machine.
 */
export function memoryFor(bytes: number): { readonly shared_buffers: string; readonly effective_cache_size: string } {
  const quarter = Math.round(bytes / 4 / 2 ** 20)
  const buffers = Math.min(Math.max(quarter, 128), 2048)
  return { shared_buffers: `${buffers}MB`, effective_cache_size: `${Math.max(quarter * 2, 256)}MB` }
}

/** What the process may use, where a container allows less than the machine has. */
function memoryOfMachine(): number {
  const allowed = process.constrainedMemory()
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()
}

const inTests = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
}
