import { sql } from 'kysely'
import type { Language } from '#base/label.ts'
import type { Me, Settings } from '#engine/contract/sign-in.ts'
import type { Permission } from '#engine/policy/role.ts'
import { permissionsOf } from '#platform/auth/gate.ts'
import { loginOfId } from '#platform/auth/login-store.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Tx } from '#platform/db/step.ts'
import { httpErrors } from '#platform/http/serve.ts'

interface Mine {
  readonly email: string | null
  readonly phone: string | null
  readonly language: Language | null
  readonly theme: Settings['theme']
  readonly density: Settings['density']
  readonly unitId: string | null
  readonly unitName: string | null
}

/** Who the actor is, where they stand today, and what they may do. */
export async function showMe(
  ctx: Ctx,
  permissions: readonly Permission[],
  mustSetUpSecondFactor: boolean,
): Promise<Me> {
  const personId = requirePerson(ctx)
  return inView(ctx, async (tx) => {
    const mine = await readMine(tx, personId, ctx.today)
    const login = ctx.actor.loginId ? await loginOfId(tx, ctx.actor.loginId) : undefined
    const { id, slug, name, currency, zone, calendar, workCalendar, demo } = ctx.company
    const { email, phone, unitId, unitName, theme, density } = mine
    const { role } = ctx.actor
    return {
      person: { id: personId, name: ctx.actor.name, role: role.key, basis: role.basis, email, phone, unitId, unitName },
      company: { id, slug, name, currency, zone, calendar, workCalendar, demo },
      settings: { language: mine.language ?? ctx.language, theme, density },
      permissions: permissionsOf(role, permissions),
      roles: [...ctx.company.roles.values()].map(({ key, label }) => ({ key, label: { ...label } })),
      mustChangePassword: login?.mustChange ?? false,
      mustSetUpSecondFactor,
      ...(ctx.viewedBy ? { viewedBy: { name: ctx.viewedBy.name } } : {}),
      today: ctx.today,
    }
  })
}

/** Changes the actor's own language, theme or density. */
export async function changeSettings(
  ctx: Ctx,
  change: Partial<Record<keyof Settings, string | undefined>>,
): Promise<Settings> {
  const personId = requirePerson(ctx)
  return inStep(ctx, async (step) => {
    const { rows } = await sql<Settings>`
      update person set language = coalesce(${change.language ?? null}, language),
        theme = coalesce(${change.theme ?? null}, theme), density = coalesce(${change.density ?? null}, density)
      where id = ${personId}
      returning coalesce(language, ${ctx.language}) as language, theme, density
    `.execute(step.tx)
    const [saved] = rows
    if (!saved) throw httpErrors.SIGN_IN_NEEDED()
    return saved
  })
}

async function readMine(tx: Tx, personId: string, today: string): Promise<Mine> {
  const { rows } = await sql<Mine>`
    select p.email, p.phone, p.language, p.theme, p.density, u.id as "unitId", u.name as "unitName"
    from person p
    left join structure s on s.is_default
    left join assignment a on a.person_id = p.id and a.structure_id = s.id and a.is_main
      and a.from_day <= ${today}::date and a.to_day > ${today}::date
    left join unit u on u.id = a.unit_id
    where p.id = ${personId}
  `.execute(tx)
  if (!rows[0]) throw httpErrors.SIGN_IN_NEEDED()
  return rows[0]
}

function requirePerson(ctx: Ctx): string {
  if (ctx.actor.personId === null) throw httpErrors.SIGN_IN_NEEDED()
  return ctx.actor.personId
}
