import type { Label } from '#base/label.ts'
import type { NoticeGroup, NoticeWays } from '#engine/contract/notices.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import type { Notice } from './notice-store.ts'

/** Something that people are told, as its room defines it. */
export interface NoticeKind {
  /** Unique, e.g. `comment.mentioned`. */
  readonly key: string
  readonly group: NoticeGroup
  /** As the page of choices names it. */
  readonly label: Label
  /**
   * What the reader is told. `{actor}` is who caused it, `{title}` and `{object}` (`{objects}`: many) the record as the
   * reader may see it now, `{metric}` a metric by its key, `{n}` how many; all else comes from the parameters.
   */
  readonly says: Label
  /** The same where it stands for several. */
  readonly saysMany?: Label
  /** What robots say in a group chat, `{people}` being whom it concerns; without it robots do not carry the kind. */
  readonly saysInGroup?: Label
  /** Only who holds it is told, and reads it. */
  readonly permission?: string
  readonly ways?: Partial<NoticeWays>
  /** Always in the app, and neither put off nor collected. */
  readonly isUrgent?: true
  /** Part of the record's page that it leads to. */
  readonly part?: string
  /** Where it leads when it is about no record; `{name}` is a parameter. */
  readonly page?: string
  /**
   * What somebody wrote, by notice, looked up when it is read. A notice that is left out is shown no more: what it spoke of is
   * gone.
   */
  readonly quote?: (ctx: Ctx, notices: readonly Notice[]) => Promise<ReadonlyMap<string, string | null>>
}

const kinds = new Map<string, NoticeKind>()

/** Called by rooms when the app is put together. */
export function registerNotices(...added: readonly NoticeKind[]): void {
  for (const kind of added) kinds.set(kind.key, kind)
}

export function noticeKind(key: string): NoticeKind | undefined {
  return kinds.get(key)
}

export function allNoticeKinds(): readonly NoticeKind[] {
  return [...kinds.values()]
}

const standard: NoticeWays = { inApp: true, mail: 'off', robot: false }

/** By which ways people are told unless the company or they choose. */
export function standardWays({ ways }: NoticeKind): NoticeWays {
  return { ...standard, ...ways }
}

let holds: ((ctx: Ctx, permission: string) => boolean) | undefined

/** The gate of the house says who holds a permission. */
export function askGate(answer: (ctx: Ctx, permission: string) => boolean): void {
  holds = answer
}

/** Whether an actor may be told of a kind at all. */
export function mayBeTold(ctx: Ctx, { permission }: Pick<NoticeKind, 'permission'>): boolean {
  return permission === undefined || holds?.(ctx, permission) === true
}
