import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { httpErrors } from '#platform/http/serve.ts'

/**
 * Serves the built web pages; every address that is no file and no part of the API is a page of the web app.
 * Register after everything else.
 */
export async function serveWeb(app: FastifyInstance, folder: string | null): Promise<void> {
  if (folder === null || !existsSync(join(folder, 'index.html'))) return
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false })
  const files = filesOf(folder)
  app.get('/*', { config: { rateLimit: false } }, async (request, reply) => {
    const path = decodeURIComponent(request.url.split('?')[0] ?? '').slice(1)
    if (path === 'api' || path.startsWith('api/')) throw httpErrors.ROUTE_NOT_FOUND()
    const isFile = files().has(path)
    if (!isFile && /^assets\//.test(path)) throw httpErrors.ROUTE_NOT_FOUND()
    // The names of assets change with their content; everything else is asked for anew.
    reply.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    return reply.sendFile(isFile ? path : 'index.html')
  })
}

/** The names of all files, read anew when the pages were built anew under a running server. */
function filesOf(folder: string): () => ReadonlySet<string> {
  let builtAt = 0
  let known: ReadonlySet<string> = new Set()
  return () => {
    const changed = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? builtAt
    if (changed !== builtAt) known = new Set(filesIn(folder))
    builtAt = changed
    return known
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}
