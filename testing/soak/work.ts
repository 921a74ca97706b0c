import type { Chance } from '#app/demo/chance.ts'
import type { Caller, Told } from './caller.ts'

/** What was promised to a client, by what it wrote: a record that it may find again by its own key. */
export interface Promises {
  /** Accounts by code, with the number of employees that was acknowledged last and the one that was asked for last. */
  readonly accounts: Map<string, { id: string; acknowledged: number; asked: number }>
  /** Comments by their text. */
  readonly comments: string[]
  /** Won deals by code, with their amount. */
  readonly deals: Map<string, string>
  /** Rows that imports brought, by code. */
  readonly imported: string[]
  /** Runs of imports and bulk edits that were accepted. */
  readonly imports: string[]
  readonly bulks: string[]
  /** Value that the accounts of a client bear since its last bulk edit, and whose they are since its last transfer. */
  readonly marks: Map<string, { mark: string; askedMark: string; owner: string; askedOwner: string }>
}

export const noPromises = (): Promises => ({
  accounts: new Map(),
  comments: [],
  deals: new Map(),
  imported: [],
  imports: [],
  bulks: [],
  marks: new Map(),
})

export interface Worker {
  readonly name: string
  readonly caller: Caller
  readonly chance: Chance
  readonly promises: Promises
  /** Whom this client alone transfers records to. */
  readonly people: readonly string[]
  readonly wonStage: string
  readonly openStage: string
}

const rowsPerImport = 120
const accountsPerBulk = 15

/** Works until it is told to stop, doing one thing after another; every one of them is finished. */
export async function work(worker: Worker, isOver: () => boolean): Promise<void> {
  const own = await prepare(worker)
  for (let turn = 1; !isOver(); turn += 1) {
    const dice = worker.chance.next()
    if (dice < 0.3) await createAccount(worker, `${worker.name}-A${turn}`)
    else if (dice < 0.55) await updateAccount(worker)
    else if (dice < 0.7) await comment(worker, `${worker.name}-T${turn}`)
    else if (dice < 0.85) await winDeal(worker, `${worker.name}-D${turn}`)
    else if (dice < 0.91) await importRows(worker, `${worker.name}-I${turn}`)
    else if (dice < 0.96) await bulkEdit(worker, own, `${worker.name}-B${turn}`)
    else await transfer(worker, own)
  }
}

/** Accounts that only this client's bulk edits and transfers touch. */
async function prepare(worker: Worker): Promise<readonly string[]> {
  const ids: string[] = []
  for (let at = 0; at < accountsPerBulk; at += 1) ids.push(await createAccount(worker, `${worker.name}-P${at}`))
  worker.promises.marks.set(worker.name, { mark: '', askedMark: '', owner: '', askedOwner: '' })
  return ids
}

async function createAccount({ caller, promises }: Worker, code: string): Promise<string> {
  const values = { name: `Account ${code}`, code, employees: '0' }
  const id = idOf(
    await caller.once(
      () => caller.send('POST', '/records/account', { values, confirmed: true }),
      () => idByCode(caller, 'account', code),
    ),
  )
  promises.accounts.set(code, { id, acknowledged: 0, asked: 0 })
  return id
}

async function updateAccount({ caller, chance, promises }: Worker): Promise<void> {
  const known = [...promises.accounts.values()]
  const account = chance.pick(known)
  const employees = account.asked + 1
  account.asked = employees
  await caller.once(
    () => caller.send('PATCH', `/records/account/${account.id}`, { values: { employees: String(employees) } }),
    async () => {
      const { body } = await caller.read('GET', `/records/account/${account.id}`)
      return Number(body.employees) >= employees ? true : undefined
    },
  )
  account.acknowledged = employees
}

async function comment({ caller, chance, promises }: Worker, text: string): Promise<void> {
  const account = chance.pick([...promises.accounts.values()])
  const path = `/records/account/${account.id}/comments`
  await caller.once(
    () => caller.send('POST', path, { text }),
    async () => {
      const { body } = await caller.read('GET', path)
      return body.comments.some((one: { text: string }) => one.text === text) ? true : undefined
    },
  )
  promises.comments.push(text)
}

async function winDeal({ caller, chance, promises, people, wonStage, openStage }: Worker, code: string): Promise<void> {
  const amount = `${chance.whole(1, 1_000_000)}.5`
  const values = { name: `Deal ${code}`, code, amount, stage: openStage, ownerId: chance.pick(people) }
  const id = idOf(
    await caller.once(
      () => caller.send('POST', '/records/opportunity', { values, confirmed: true }),
      () => idByCode(caller, 'opportunity', code),
    ),
  )
  await caller.once(
    () => caller.send('PATCH', `/records/opportunity/${id}`, { values: { stage: wonStage } }),
    async () => {
      const { body } = await caller.read('GET', `/records/opportunity/${id}`)
      return body.stage === wonStage ? true : undefined
    },
  )
  promises.deals.set(code, amount)
}

async function importRows({ caller, promises }: Worker, key: string): Promise<void> {
  const codes = Array.from({ length: rowsPerImport }, (_, at) => `${key}-${at}`)
  const text = ['name\tcode', ...codes.map((code) => `Imported ${code}\t${code}`)].join('\n')
  // An upload that nobody goes on with is cleared away: it may well come twice.
  const pasted = await caller.once<Told>(
    () => caller.send('POST', '/imports/files/paste', { name: `${key}.tsv`, text }),
    async () => undefined,
  )
  const fileId: string = pasted.body.file.id
  const mapping = { object: 'account', mode: 'create', columns: { name: 'name', code: 'code' }, duplicates: 'allow' }
  const run = idOf(
    await caller.once(
      () => caller.send('POST', '/imports', { fileId, mapping }),
      async () => {
        const { body } = await caller.read('GET', '/imports')
        return body.imports.find((one: { fileName: string }) => one.fileName === `${key}.tsv`)?.id as string | undefined
      },
    ),
  )
  promises.imports.push(run)
  promises.imported.push(...codes)
}

async function bulkEdit({ caller, promises, name }: Worker, ids: readonly string[], mark: string): Promise<void> {
  const known = promises.marks.get(name)
  if (!known) return
  known.askedMark = mark
  const run = await startBulk(caller, { ids, values: { note: mark } }, (one) => one.changes['note'] === mark)
  promises.bulks.push(run)
  await ended(caller, run)
  known.mark = mark
}

async function transfer({ caller, chance, promises, people, name }: Worker, ids: readonly string[]): Promise<void> {
  const known = promises.marks.get(name)
  if (!known) return
  const owner = chance.pick(people.filter((person) => person !== known.owner))
  known.askedOwner = owner
  const before = new Set(promises.bulks)
  const run = await startBulk(
    caller,
    { ids, ownerId: owner },
    // Nobody else gives records to these people.
    (one) => one.changes['ownerId'] === owner && !before.has(one.id),
  )
  promises.bulks.push(run)
  await ended(caller, run)
  known.owner = owner
}

interface BulkRun {
  readonly id: string
  readonly changes: Readonly<Record<string, unknown>>
}

async function startBulk(caller: Caller, body: object, isIt: (run: BulkRun) => boolean): Promise<string> {
  return idOf(
    await caller.once(
      () => caller.send('POST', '/records/account/bulk', body),
      async () => {
        const { body: list } = await caller.read('GET', '/bulk')
        return list.runs.find(isIt)?.id as string | undefined
      },
    ),
  )
}

async function ended(caller: Caller, run: string): Promise<void> {
  for (;;) {
    const { body } = await caller.read('GET', `/bulk/${run}`)
    if (body.state !== 'queued' && body.state !== 'running') return
  }
}

async function idByCode(caller: Caller, object: string, code: string): Promise<string | undefined> {
  const filter = { field: 'code', op: 'eq', value: code }
  const { body } = await caller.read('POST', `/records/${object}/query`, { filter, limit: 2 })
  return body.rows[0]?.id
}

const idOf = (given: string | Told): string => (typeof given === 'string' ? given : String(given.body.id))
