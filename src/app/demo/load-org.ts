import {
  assignInStep,
  ensureHeads,
  ensurePeople,
  ensureUnits,
  moveUnit,
  pathKey,
  type EnsuredPerson,
} from '#features/org/server/index.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, type Step } from '#platform/db/step.ts'
import type { OrgStory, PersonStory } from './story.ts'

/** Writes units, people and their history; answers the ids of both by their keys in the story. */
export async function loadOrg(ctx: Ctx, story: OrgStory): Promise<Map<string, string>> {
  const idOf = new Map<string, string>()
  await inStep(ctx, (step) => layOrg(step, story, idOf), { kind: 'demo.org' })
  for (const { unit, to, from } of story.unitMoves) {
    await moveUnit(ctx, known(idOf, unit), { parentId: known(idOf, to), from })
  }
  return idOf
}

async function layOrg(step: Step, { units, people }: OrgStory, idOf: Map<string, string>): Promise<void> {
  const laid = await ensureUnits(
    step,
    units.map(({ path }) => path),
  )
  for (const { key, path } of units) idOf.set(key, laid.idOf.get(pathKey(path)) ?? '')
  const { ids } = await ensurePeople(
    step,
    people.map((person) => ensured(person, idOf)),
  )
  for (const [at, { key }] of people.entries()) idOf.set(key, ids[at] ?? '')
  for (const person of people) await writeLaterStays(step, person, idOf)
  await ensureHeads(
    step,
    units.map(({ key, headKey }) => ({ unitId: known(idOf, key), personId: known(idOf, headKey) })),
  )
}

/** With the first unit where it has no end; who left again is assigned afterwards, with both days. */
function ensured(
  { name, employeeNo, email, role, stays }: PersonStory,
  idOf: ReadonlyMap<string, string>,
): EnsuredPerson {
  const [first] = stays
  const person = { name, employeeNo, email, role }
  if (!first || hasEnded(stays)) return person
  const { position, repTier, from } = first
  return { ...person, unitId: known(idOf, first.unit), position, repTier, ...(from === null ? {} : { from }) }
}

function hasEnded(stays: PersonStory['stays']): boolean {
  return stays.at(-1)?.to !== null
}

async function writeLaterStays(
  step: Step,
  { key, stays }: PersonStory,
  idOf: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { unit, from, to, position, repTier } of hasEnded(stays) ? stays : stays.slice(1)) {
    await assignInStep(step, {
      personId: known(idOf, key),
      unitId: known(idOf, unit),
      from,
      to,
      position,
      repTier,
      later: 'keep',
    })
  }
}

/** The id of something that was written before; a story that refers ahead is a mistake of ours. */
export function known(idOf: ReadonlyMap<string, string>, key: string): string {
  const id = idOf.get(key)
  if (id === undefined || id === '') throw new Error(`the story refers to ${key} before it is written`)
  return id
}
