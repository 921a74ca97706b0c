import type { Language } from '#base/label.ts'
import type { Route } from '#engine/contract/route.ts'
import type { Answer, TestClient } from '#testing/test-app.ts'
import type { Asked } from './requests.ts'

/** A demo is loaded and entered only from this machine: a proxy says that this is another. */
const fromAfar = (route: Route): Record<string, string> => (route.path.includes('/setup') ? { via: '1.1 proxy' } : {})

/** Sends a request as it was drawn, whatever stands in it. */
export async function ask(client: TestClient, route: Route, asked: Asked, language: Language): Promise<Answer> {
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(wordOf(asked.params[name])))
  const query = Object.entries(asked.query).map(
    ([key, value]) => `${encodeURIComponent(key.toWellFormed())}=${encodeURIComponent(wordOf(value))}`,
  )
  const url = query.length > 0 ? `${path}?${query.join('&')}` : path
  const headers = { 'accept-language': language, ...fromAfar(route) }
  const json = asked.body === undefined ? undefined : JSON.stringify(asked.body)
  const sent = json === undefined ? headers : { ...headers, 'content-type': 'application/json' }
  const send = {
    GET: client.get,
    DELETE: (to: string, with_: Record<string, string>) => client.delete(to, json, with_),
  }
  if (route.method === 'GET') return send.GET(url, sent)
  if (route.method === 'DELETE') return send.DELETE(url, sent)
  const act = { POST: client.post, PATCH: client.patch, PUT: client.put }[route.method]
  return act(url, json, sent)
}

const wordOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed().slice(0, 5000)
