import { sharingWords, TeamPanel } from '#features/access/web/index.tsx'
import { talkPart } from '#features/collaboration/contract.ts'
import { RecordTalk, talkWords } from '#features/collaboration/web/index.tsx'
import { registerRecordPart } from '#features/objects/web/index.tsx'
import { registerPersonPart } from '#features/org/web/index.tsx'
import { colleague, personalExport } from '#features/privacy/contract.ts'
import { ConsentNotice, PersonalPart, privacyWords, Rights } from '#features/privacy/web/index.tsx'

/** What rooms above the objects show on the pages of records and of people. */
export function registerRecordParts(): void {
  registerRecordPart({ key: talkPart, label: talkWords.labels.talk, Content: RecordTalk })
  registerRecordPart({ key: 'team', label: sharingWords.labels.team, Content: TeamPanel, isTab: true })
  registerRecordPart({
    key: 'personal',
    label: privacyWords.labels.part,
    object: 'contact',
    isTab: true,
    Notice: ({ object, row }) => <ConsentNotice object={object.key} id={row.id} />,
    Content: ({ object, row }) => <PersonalPart object={object.key} id={row.id} />,
  })
  registerPersonPart({
    key: 'personal',
    label: privacyWords.labels.part,
    permission: personalExport,
    Content: ({ personId }) => <Rights object={colleague} id={personId} />,
  })
}
