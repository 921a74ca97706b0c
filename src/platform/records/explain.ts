import { sql } from 'kysely'
import { inWords, type Label, type Language } from '#base/label.ts'
import type { ObjectType } from '#engine/model/object-type.ts'
import { reachIn } from '#engine/policy/rights.ts'
import { reachLabels } from '#engine/policy/role.ts'
import { tableSql } from '#engine/query/source.ts'
import { isId } from '#platform/db/new-id.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { asPerson, type Person } from '#platform/db/system.ts'
import { inView } from '#platform/db/step.ts'
import { recordErrors } from './errors.ts'
import { getRecord } from './read.ts'
import { orgView, type Standing } from './reach.ts'
import { sharesWith, type ShareHeld } from './share-store.ts'
import { may, objectFor } from './scope.ts'
import { grantsOf, type Grant } from './sight.ts'

/** Why somebody sees a record: a stable kind, and a sentence for the reader. */
export interface Reason {
  readonly kind: 'everybody' | 'role' | 'own' | 'unit' | 'rule' | 'share'
  readonly words: string
}

/** Why a person sees a record; without reasons they do not, and `obstacle` says why not. */
export interface Explained {
  readonly person: { readonly id: string; readonly name: string }
  readonly reasons: readonly Reason[]
  readonly obstacle: string | null
}

/** Why the actor sees a record in reach. */
export async function explainMine(ctx: Ctx, key: string, id: string): Promise<readonly Reason[]> {
  await getRecord(ctx, key, id)
  return reasonsOf(ctx, objectFor(ctx, key, 'read'), id, 'you')
}

/** Why another person sees a record that the actor reaches, or why not. The caller has checked that the actor may ask. */
export async function explainOf(ctx: Ctx, key: string, id: string, personId: string): Promise<Explained> {
  await getRecord(ctx, key, id)
  const object = objectFor(ctx, key, 'read')
  const person = await personOf(ctx, personId)
  const told = { person: { id: person.id, name: person.name } }
  const { language } = ctx
  if (!person.isActive)
    return { ...told, reasons: [], obstacle: inWords(obstacles.inactive, language, { name: person.name }) }
  const asked = asPerson(ctx, person)
  const reasons = await reasonsOf(asked, object, id, 'them')
  return { ...told, reasons, obstacle: reasons.length > 0 ? null : await obstacleOf(asked, object, id) }
}

interface AskedPerson extends Person {
  readonly isActive: boolean
}

async function personOf(ctx: Ctx, personId: string): Promise<AskedPerson> {
  const { rows } = await inView(ctx, (tx) =>
    sql<AskedPerson>`
      select id, name, role, login_id as "loginId", is_active as "isActive" from person
      where company_id = ${ctx.company.id} and id = ${personId}`.execute(tx),
  )
  const [person] = rows
  if (!person) throw recordErrors.PERSON_NOT_FOUND()
  return person
}

interface Owner {
  readonly ownerId: string | null
  readonly ownerName: string | null
}

/** Which of the grants of the actor hold for the record; none for what their role may not read at all. */
async function reasonsOf(ctx: Ctx, object: ObjectType, id: string, whose: 'you' | 'them'): Promise<readonly Reason[]> {
  if (!isId(id) || !may(ctx, object, 'read')) return []
  const grants = (await grantsOf(ctx))(object, 't', 'see')
  const held = grants.map(({ when }) => sql`coalesce(${when ?? sql`true`}, false)`)
  const { rows } = await inView(ctx, (tx) =>
    sql<Owner & { held: readonly boolean[] }>`
      select t.owner_id as "ownerId", p.name as "ownerName", array[${sql.join(held)}] as held
      from ${tableSql(object)} t left join person p on p.company_id = t.company_id and p.id = t.owner_id
      where t.company_id = ${ctx.company.id} and t.id = ${id} and t.deleted_at is null`.execute(tx),
  )
  const [row] = rows
  if (!row) return []
  const holding = grants.filter((_grant, at) => row.held[at])
  const reasons: Reason[] = []
  for (const grant of holding) reasons.push(...(await reasonsBy(ctx, grant, { object, id, row, whose })))
  return reasons
}

interface Asked {
  readonly object: ObjectType
  readonly id: string
  readonly row: Owner
  readonly whose: 'you' | 'them'
}

async function reasonsBy(ctx: Ctx, { kind, rule }: Grant, asked: Asked): Promise<readonly Reason[]> {
  const { object, id, row, whose } = asked
  if (kind === 'people') return [await byOwner(ctx, row, whose)]
  if (kind === 'share') return byShares(ctx, await sharesWith(ctx, object.key, id), whose)
  const { language, actor } = ctx
  const params = {
    role: inWords(actor.role.label, language),
    object: inWords(object.labelOfMany, language),
    name: actor.name,
    rule: rule ? inWords(rule.label, language) : '',
  }
  return [{ kind, words: inWords(sentences[kind][whose], language, params) }]
}

function byShares({ language, actor }: Ctx, shares: readonly ShareHeld[], whose: 'you' | 'them'): readonly Reason[] {
  return shares.map(({ part, byName }): Reason => {
    const params = { name: actor.name, part: part ?? '', by: byName ?? 'Terrace' }
    return { kind: 'share', words: inWords(sentences[part === null ? 'share' : 'team'][whose], language, params) }
  })
}

async function byOwner(ctx: Ctx, { ownerId, ownerName }: Owner, whose: 'you' | 'them'): Promise<Reason> {
  const { language, actor } = ctx
  if (ownerId === null || ownerId === actor.personId) {
    return { kind: 'own', words: inWords(sentences.own[whose], language, { name: actor.name }) }
  }
  const { over } = await orgView().standing(ctx, ownerId)
  const params = { owner: ownerName ?? '—', units: listed(over, language), name: actor.name }
  return { kind: 'unit', words: inWords(sentences.unit[whose], language, params) }
}

async function obstacleOf(ctx: Ctx, object: ObjectType, id: string): Promise<string> {
  const { language, actor } = ctx
  const named = {
    name: actor.name,
    role: inWords(actor.role.label, language),
    object: inWords(object.labelOfMany, language),
  }
  if (!may(ctx, object, 'read')) return inWords(obstacles.role, language, named)
  const { rows } = await inView(ctx, (tx) =>
    sql<Owner>`
      select t.owner_id as "ownerId", p.name as "ownerName"
      from ${tableSql(object)} t left join person p on p.company_id = t.company_id and p.id = t.owner_id
      where t.company_id = ${ctx.company.id} and t.id = ${id} and t.deleted_at is null`.execute(tx),
  )
  const { ownerId = null, ownerName = null } = rows[0] ?? {}
  if (ownerId === null) return inWords(obstacles.nobody, language, named)
  const { own, stands } = await orgView().standing(ctx, ownerId)
  const place = stands.length > 0 ? listed(stands, language) : inWords(obstacles.nowhere, language)
  const params = { ...named, owner: ownerName ?? '—', place, units: listed(own, language) }
  const reach = reachIn(actor.role, object.key)
  const kind = reach === 'own' ? 'own' : own.length === 0 ? 'unplaced' : reach === 'below' ? 'below' : 'narrower'
  return inWords(obstacles[kind], language, { ...params, reach: inWords(reachLabels[reach], language) })
}

const listed = (names: Standing['own'], language: Language): string => names.join(language === 'zh' ? '、' : ', ')

const sentences = {
  everybody: {
    you: { zh: '{object}对公司所有人可见', en: 'Everybody in the company sees all {object}' },
    them: { zh: '{object}对公司所有人可见', en: 'Everybody in the company sees all {object}' },
  },
  role: {
    you: { zh: '您的角色“{role}”可以查看公司全部记录', en: 'Your role, {role}, sees every record of the company' },
    them: {
      zh: '{name}的角色“{role}”可以查看公司全部记录',
      en: '{name}’s role, {role}, sees every record of the company',
    },
  },
  own: {
    you: { zh: '您是负责人', en: 'You own it' },
    them: { zh: '{name}是负责人', en: '{name} owns it' },
  },
  unit: {
    you: {
      zh: '负责人{owner}在您的单元“{units}”或其下级',
      en: 'Its owner {owner} stands in your unit {units} or below',
    },
    them: {
      zh: '负责人{owner}在{name}的单元“{units}”或其下级',
      en: 'Its owner {owner} stands in {name}’s unit {units} or below',
    },
  },
  rule: {
    you: { zh: '共享规则“{rule}”让您看到它', en: 'The sharing rule “{rule}” shows it to you' },
    them: { zh: '共享规则“{rule}”让{name}看到它', en: 'The sharing rule “{rule}” shows it to {name}' },
  },
  share: {
    you: { zh: '{by}把它共享给了您', en: '{by} shared it with you' },
    them: { zh: '{by}把它共享给了{name}', en: '{by} shared it with {name}' },
  },
  team: {
    you: { zh: '您在它的团队里（{part}）', en: 'You are on its team ({part})' },
    them: { zh: '{name}在它的团队里（{part}）', en: '{name} is on its team ({part})' },
  },
} satisfies Record<Reason['kind'] | 'team', Record<'you' | 'them', Label>>

const obstacles = {
  inactive: { zh: '{name}已停用，不能登录', en: '{name} is deactivated and cannot sign in' },
  role: { zh: '{name}的角色“{role}”不能查看{object}', en: '{name}’s role, {role}, may not read {object}' },
  nobody: {
    zh: '这条记录没有负责人，角色“{role}”只能看到有负责人且在其范围内的记录',
    en: 'It has no owner; the role {role} sees only records of people in reach',
  },
  own: {
    zh: '负责人是{owner}（{place}）；角色“{role}”只能看到自己负责的记录',
    en: 'Its owner is {owner} ({place}); the role {role} sees only what they own themselves',
  },
  below: {
    zh: '负责人{owner}（{place}）不在{name}的单元“{units}”或其下级',
    en: 'Its owner {owner} ({place}) stands neither in {name}’s unit {units} nor below',
  },
  narrower: {
    zh: '负责人是{owner}（{place}）；角色“{role}”对它的可见范围是“{reach}”，也没有规则或共享让{name}看到它',
    en: 'Its owner is {owner} ({place}); the role {role} sees “{reach}”, and nothing shares it with {name}',
  },
  unplaced: {
    zh: '负责人是{owner}（{place}）；{name}今天不在任何单元，只能看到自己负责的记录',
    en: 'Its owner is {owner} ({place}); {name} stands in no unit today and sees only own records',
  },
  nowhere: { zh: '今天不在任何单元', en: 'in no unit today' },
} satisfies Record<string, Label>
