import { sharingWords, TeamPanel } from '#features/access/web/index.tsx'
import { talkPart } from '#features/collaboration/contract.ts'
import { RecordTalk, talkWords } from '#features/collaboration/web/index.tsx'
import { registerRecordPart } from '#features/objects/web/index.tsx'

/** What rooms above the objects show on the page of every record. */
export function registerRecordParts(): void {
  registerRecordPart({ key: talkPart, label: talkWords.labels.talk, place: 'beside', Content: RecordTalk })
  registerRecordPart({ key: 'team', label: sharingWords.labels.team, place: 'tab', Content: TeamPanel })
}
