import { seed } from './seeded.ts'
import { readFileSync } from 'node:fs'
import { createRecord } from '#platform/records/save.ts'
import { keyAt, kinds } from './keys.ts'
import pg from 'pg'
const s = await seed(Number(process.argv[2] ?? 0.02))
await s.facts()
const cpu = (pid: number) => {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return 0
  }
}
const stats = new Map<string, { n: number; ms: number; cpu: number }>()
let on = false
const orig = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (a: any, b: any, c: any) {
  if (!on || typeof c === 'function' || typeof b === 'function') return orig.call(this, a, b, c)
  const text = (typeof a === 'string' ? a : a.text).replace(/\s+/g, ' ').slice(0, 110)
  const t = performance.now(),
    c0 = cpu(this.processID)
  const p = orig.call(this, a, b, c)
  return p.then((r: any) => {
    const k = stats.get(text) ?? { n: 0, ms: 0, cpu: 0 }
    k.n++
    k.ms += performance.now() - t
    k.cpu += cpu(this.processID) - c0
    stats.set(text, k)
    return r
  })
}
const { accounts, orders } = s.size
const write = (place: number) =>
  createRecord(s.everybody, 'order', {
    code: `B${place}`,
    account: keyAt(
      kinds.account,
      place % 4 === 0 ? orders + ((place * 7919) % (accounts - orders)) : (place * 7919) % orders,
    ),
    amount: String(100 + (place % 9000)),
    orderedOn: `2025-12-${String(1 + (place % 28)).padStart(2, '0')}`,
    ownerId: keyAt(kinds.person, (place * 31) % s.size.people),
  })
for (let i = 0; i < 100; i++) await write(i)
on = true
const t0 = performance.now(),
  u0 = process.cpuUsage()
const N = 400
for (let i = 100; i < 100 + N; i++) await write(i)
on = false
const u = process.cpuUsage(u0)
console.log('per order wall', (performance.now() - t0) / N, 'node cpu', (u.user + u.system) / 1000 / N)
let sum = 0
for (const [k, v] of [...stats].sort((a, b) => b[1].cpu - a[1].cpu)) {
  console.log((v.cpu / v.n).toFixed(3), (v.ms / v.n).toFixed(3), v.n / N, k)
  sum += v.cpu / N
}
console.log('sum cpu', sum)
await s.close()
process.exit(0)
