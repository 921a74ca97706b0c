import { isDeepStrictEqual } from 'node:util'
import { isUuid } from '#engine/model/validate.ts'
import type { Route } from '#engine/contract/route.ts'
import type { RouteExample } from '#platform/openapi/operation.ts'

/** Makes what a call said and answered the same whenever it is made: ids by their turn, one instant, no secrets. */
export function exampleMaker(): (route: Route, call: RouteExample) => RouteExample {
  const known = new Map<string, string>()
  const idOf = (id: string) => {
    const turn = known.get(id) ?? `0198c0de-0000-7000-8000-${String(known.size + 1).padStart(12, '0')}`
    known.set(id, turn)
    return turn
  }
  const plain = (text: string) =>
    text
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, idOf)
      .replace(/20\d\d-\d\d-\d\dT[\d:.]+Z/g, '2026-06-15T04:00:00.000Z')
      .replace(/terrace_[\w-]{30,}/g, 'terrace_shown-once')
  const tidy = (value: unknown, name = ''): unknown => {
    if (/password|secret/i.test(name) && typeof value === 'string') return 'shown-once'
    if (/cursor|^next$|^after$/.test(name) && typeof value === 'string' && value.length > 20 && !isUuid(value))
      return 'bmV4dA'
    if (name === 'prefix') return 'terrace_4qI0yD'
    if (typeof value === 'string') return plain(value)
    if (Array.isArray(value)) return value.map((one) => tidy(one))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [plain(key), tidy(inner, key)]))
  }
  return (route, call) => {
    const { answer, ...asked } = tidy(call) as RouteExample
    return { ...asked, ...(answer === undefined ? {} : { answer: shortened(route, answer) }) }
  }
}

/** Long lists show their beginning, where the contract lets them. */
function shortened(route: Route, answer: unknown): unknown {
  const short = cut(answer)
  if (isDeepStrictEqual(short, answer)) return answer
  return route.reply?.safeParse(short).success ? short : answer
}

function cut(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isOfObjects = typeof value[0] === 'object' && value[0] !== null
    return value.slice(0, isOfObjects ? 2 : 12).map(cut)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner)]))
}
