import { seed } from './seeded.ts'
import { createRecord } from '#platform/records/save.ts'
import { keyAt, kinds } from './keys.ts'
import pg from 'pg'
const s = await seed(0.05)
await s.accounts()
const stats = new Map<string, { n: number; ms: number }>()
let on = false
const orig = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (a: any, b: any, c: any) {
  if (!on || typeof c === 'function' || typeof b === 'function') return orig.call(this, a, b, c)
  const text = (typeof a === 'string' ? a : a.text).replace(/\s+/g, ' ').slice(0, 110)
  const t = performance.now()
  const p = orig.call(this, a, b, c)
  return p.then((r: any) => {
    const k = stats.get(text) ?? { n: 0, ms: 0 }
    k.n++
    k.ms += performance.now() - t
    stats.set(text, k)
    return r
  })
}
const write = (place: number) =>
  createRecord(s.everybody, 'order', {
    code: `B${place}`,
    account: keyAt(kinds.account, (place * 7919) % s.size.accounts),
    amount: String(100 + (place % 9000)),
    orderedOn: `2025-${String(1 + (place % 12)).padStart(2, '0')}-${String(1 + (place % 28)).padStart(2, '0')}`,
    ownerId: keyAt(kinds.person, (place * 31) % s.size.people),
  })
for (let i = 0; i < 50; i++) await write(i)
on = true
const t0 = performance.now()
const N = 400
for (let i = 50; i < 50 + N; i++) await write(i)
console.log('per order', (performance.now() - t0) / N)
let sum = 0
for (const [k, v] of [...stats].sort((a, b) => b[1].ms - a[1].ms)) {
  console.log((v.ms / N).toFixed(3), v.n / N, k)
  sum += v.ms / N
}
console.log('sum', sum)
await s.close()
process.exit(0)
