import type { CallReply } from '#web/api/call.ts'
import type { keptRecordsRoute, SearchHit, searchRoute } from '#engine/search/contract.ts'
import { findCommands } from './find-commands.ts'
import type { Command, FoundKind, PaletteContent } from './palette.ts'

export type Option =
  | { readonly id: string; readonly hit: SearchHit; readonly kind: FoundKind }
  | { readonly id: string; readonly command: Command }

export interface Section {
  readonly key: string
  readonly title: string
  readonly options: readonly Option[]
  readonly hasMore: boolean
}

interface Titles {
  readonly recent: string
  readonly starred: string
  readonly commands: string
}

const mostCommands = 4
const mostCommandsAtFirst = 6
const mostRecent = 6
const mostStarred = 8

/** What is shown for what was typed: commands that are meant, then records by kind. */
export function sectionsFound(
  typed: string,
  found: CallReply<typeof searchRoute> | undefined,
  { commands, kinds }: PaletteContent,
  titles: Titles,
): readonly Section[] {
  const meant = findCommands(typed, commands).slice(0, mostCommands)
  const records = (found?.groups ?? []).flatMap(({ object, hits, hasMore }): readonly Section[] => {
    const kind = kinds.find(({ key }) => key === object)
    return kind
      ? [{ key: object, title: kind.name, hasMore, options: hits.map((hit) => optionOf(object, hit, kind)) }]
      : []
  })
  return [commandSection(titles.commands, meant), ...records].filter(hasOptions)
}

/** What is shown before anything was typed. */
export function sectionsAtFirst(
  kept: CallReply<typeof keptRecordsRoute> | undefined,
  { commands, kinds }: PaletteContent,
  titles: Titles,
): readonly Section[] {
  const section = (key: 'recent' | 'starred', most: number): Section => ({
    key,
    title: titles[key],
    hasMore: false,
    options: (kept?.[key] ?? []).slice(0, most).flatMap((hit) => {
      const kind = kinds.find((one) => one.key === hit.object)
      return kind ? [optionOf(key, hit, kind)] : []
    }),
  })
  return [
    section('recent', mostRecent),
    section('starred', mostStarred),
    commandSection(titles.commands, commands.slice(0, mostCommandsAtFirst)),
  ].filter(hasOptions)
}

const hasOptions = ({ options }: Section): boolean => options.length > 0

const optionOf = (section: string, hit: SearchHit, kind: FoundKind): Option => ({
  id: `${section}-${hit.id}`,
  hit,
  kind,
})

const commandSection = (title: string, commands: readonly Command[]): Section => ({
  key: 'commands',
  title,
  hasMore: false,
  options: commands.map((command) => ({ id: `command-${command.key}`, command })),
})
