import type { z } from 'zod'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inView } from '#platform/db/step.ts'
import { adapters, WorkplaceFault, type WorkplaceDirectory } from '#platform/workplace/index.ts'
import type { workplaceRoutes } from '../contract.ts'
import { workplaceErrors } from '../errors.ts'
import { connectionOf } from './connection-store.ts'
import { appOf } from './connections.ts'
import { detailOf, wordsOf, type RunProblem } from './problems.ts'

type Tried = z.input<NonNullable<(typeof workplaceRoutes)['test']['reply']>>

const mostTops = 200

/** Reads what a run would read, and changes nothing. */
export async function tryConnection(ctx: Ctx, brand: WorkplaceBrand): Promise<Tried> {
  const connection = await inView(ctx, (tx) => connectionOf(tx, ctx, brand))
  if (!connection) throw workplaceErrors.WORKPLACE_NOT_CONNECTED()
  const app = appOf(connection)
  if (!app) return refused('no-secret')
  try {
    return sightOf(await adapters[brand].readDirectory(app, { root: connection.rootDepartment }))
  } catch (error) {
    if (!(error instanceof WorkplaceFault)) throw error
    return refused(error.problem, detailOf(error))
  }
}

function sightOf({ departments, people }: WorkplaceDirectory): Tried {
  const seen = new Set(departments.map(({ id }) => id))
  const isTop = (id: string | null) => id === null || !seen.has(id)
  const tops = departments.filter(({ parentId }) => isTop(parentId))
  const topIds = new Set(tops.map(({ id }) => id))
  const below = departments.filter(({ parentId }) => parentId !== null && topIds.has(parentId))
  const count = people.filter(({ isActive }) => isActive).length
  const problem = departments.length === 0 ? 'no-departments' : count === 0 ? 'nobody' : null
  return {
    isReached: problem === null,
    departments: departments.length,
    people: count,
    top: [...tops, ...below].slice(0, mostTops).map(({ id, name }) => ({ id, name })),
    problem: wordsOf(problem),
    detail: null,
  }
}

const refused = (problem: RunProblem, detail: string | null = null): Tried => ({
  isReached: false,
  departments: 0,
  people: 0,
  top: [],
  problem: wordsOf(problem),
  detail,
})
