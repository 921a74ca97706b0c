import { createServer } from 'node:net'
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import type { Settings } from '#platform/config/settings.ts'
import { StartProblem } from '#platform/config/start-problem.ts'

type Place = Pick<Settings, 'host' | 'port'>

/** Looks whether the address is free before anything is started, so that nothing has to be undone. */
export async function mustBeFree(place: Place): Promise<void> {
  const probe = createServer()
  try {
    probe.listen(place.port, place.host)
    await once(probe, 'listening')
  } catch (error) {
    throw problemOf(error, place)
  } finally {
    probe.close()
  }
}

/** Listens and answers the address to open. */
export async function listen(app: FastifyInstance, place: Place): Promise<string> {
  try {
    await app.listen({ port: place.port, host: place.host })
  } catch (error) {
    throw problemOf(error, place)
  }
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : place.port
  const host = place.host.includes(':') ? `[${place.host}]` : place.host
  return `http://${host}:${port}`
}

function problemOf(error: unknown, { host, port }: Place): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code === null) return error
  if (code === 'EADDRINUSE') return new StartProblem('PORT_IN_USE', { host, port })
  return new StartProblem('PORT_REFUSED', { host, port, why: code })
}
