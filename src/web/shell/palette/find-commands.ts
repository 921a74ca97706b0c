import { compareScores, judge } from '#engine/search/judge.ts'
import { termsOf } from '#engine/search/plan.ts'
import type { Command } from './palette.ts'

/** The commands that are meant, the best first: `xj`, `新建`, `xinjian` and `new` all find 新建客户. */
export function findCommands(query: string, commands: readonly Command[]): readonly Command[] {
  const terms = termsOf(query)
  return commands
    .flatMap((command) => {
      const texts = [command.label.zh, command.label.en].map((text, at) => ({
        field: String(at),
        text,
        as: 'name' as const,
        isTitle: true,
      }))
      const verdict = judge(terms, { texts, isOwn: false, updatedAt: 0 })
      return verdict ? [{ command, score: verdict.score }] : []
    })
    .sort((one, other) => compareScores(one.score, other.score))
    .map(({ command }) => command)
}
