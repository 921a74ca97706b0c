import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chanceOf, type Chance } from '#app/demo/chance.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { callerOf, fairWeather, type Caller, type Weather } from './caller.ts'
import { brokenPromises } from './settle.ts'
import { supervise, type Supervised, type Victim } from './supervised.ts'
import { noPromises, work, type Promises, type Worker } from './work.ts'

export interface SoakPlan {
  readonly kills: number
  readonly clients: number
  /** Decides who does what and what is killed; when things meet is up to the machine. */
  readonly seed: string
  /** Longest time between being ready and being killed again, in milliseconds. */
  readonly calmMs: number
  readonly onKill?: (kill: Kill, done: number) => void
}

export interface Kill {
  readonly victim: Victim
  /** Milliseconds until it was ready again, by itself. */
  readonly backAfter: number
}

export interface SoakOutcome {
  readonly kills: readonly Kill[]
  readonly promises: Promises
  readonly weather: Weather
  /** Promises that were not kept, in words. */
  readonly broken: readonly string[]
  /** Exit code and words of `terrace verify`. */
  readonly verified: { readonly code: number | null; readonly out: string }
  readonly starts: number
  readonly tookMs: number
}

/**
 * Kills the app, its database or both again and again, while several clients write in every way that people do; then
 * looks whether everything that was acknowledged is there, and nothing twice.
 */
export async function soak(plan: SoakPlan): Promise<SoakOutcome> {
  const startedAt = performance.now()
  const dataDir = mkdtempSync(join(temporaryFolder(), 'terrace-soak-'))
  const server = await supervise(dataDir)
  const promises = noPromises()
  const weather = fairWeather()
  try {
    await server.ready()
    const workers = await hire(server, plan, promises, weather)
    let isOver = false
    const working = Promise.all(workers.map((worker) => work(worker, () => isOver)))
    const kills = await killAll(server, plan, working)
    isOver = true
    await working
    const broken = await brokenPromises(server, promises)
    const verified = server.command('verify')
    const tookMs = performance.now() - startedAt
    return { kills, promises, weather, broken, verified, starts: server.starts(), tookMs }
  } catch (error) {
    throw new Error(`the soak broke off; the server said last:\n${lastWords(dataDir)}`, { cause: error })
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const lastWords = (dataDir: string) =>
  ['server.log', 'postgres.log']
    .map((name) => join(dataDir, name))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, 'utf8').slice(-3000))
    .join('\n')

async function killAll(server: Supervised, plan: SoakPlan, working: Promise<unknown>): Promise<readonly Kill[]> {
  const chance = chanceOf(`${plan.seed}/kills`)
  const kills: Kill[] = []
  while (kills.length < plan.kills) {
    // A client that breaks off ends the soak: it says why.
    await Promise.race([pause(chance.whole(200, plan.calmMs)), working])
    const victim = victimBy(chance)
    await server.kill(victim)
    // A database that was killed is still answered for a moment by what did not notice yet.
    if (victim === 'database') await pause(50)
    const kill = { victim, backAfter: await server.ready() }
    kills.push(kill)
    plan.onKill?.(kill, kills.length)
  }
  await pause(1000)
  return kills
}

const victimBy = (chance: Chance): Victim =>
  chance.pickBy<Victim>(['app', 'database', 'everything'], (_, at) => [4, 4, 2][at] ?? 0)

async function hire(
  server: Supervised,
  { clients, seed }: SoakPlan,
  promises: Promises,
  weather: Weather,
): Promise<readonly Worker[]> {
  const key = foundCompany(server)
  const callers = Array.from({ length: clients }, (_, at) => callerOf(server, key, `10.0.0.${at + 1}`, weather))
  const stages = await stagesFor(callers[0])
  const workers: Worker[] = []
  for (const [at, caller] of callers.entries()) {
    const people: string[] = []
    for (const nth of [1, 2, 3]) people.push(await addPerson(caller, `Client ${at + 1} person ${nth}`))
    workers.push({ name: `C${at + 1}`, caller, chance: chanceOf(`${seed}/${at}`), promises, people, ...stages })
  }
  return workers
}

function foundCompany(server: Supervised): string {
  const admin = ['--admin', 'admin@soak.example', '--password', 'correct horse battery staple']
  const made = server.command('company', 'create', '--slug', 'soak', '--name', 'Soak', ...admin)
  if (made.code !== 0) throw new Error(`the company was not made: ${made.out}`)
  const token = server.command('token', 'create', '--company', 'soak', '--person', 'admin@soak.example')
  if (token.code !== 0) throw new Error(`there is no key: ${token.out}`)
  return token.out.trim()
}

async function addPerson(caller: Caller, name: string): Promise<string> {
  const { status, body } = await caller.read('POST', '/org/people', { name })
  if (status !== 200) throw new Error(`${name} was not added: ${JSON.stringify(body)}`)
  return body.id
}

async function stagesFor(caller: Caller | undefined) {
  const told = await caller?.read('POST', '/records/stage/query', { limit: 50 })
  const stages: readonly { id: string; kind: string }[] = told?.body.rows ?? []
  const of = (kind: string) => {
    const stage = stages.find((one) => one.kind === kind)
    if (!stage) throw new Error(`there is no ${kind} stage`)
    return stage.id
  }
  return { wonStage: of('won'), openStage: of('open') }
}
