import { useState } from 'react'
import { Button } from 'antd'
import { useMay } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import { personalErase, personalExport } from '../contract.ts'
import { EraseDialog } from './EraseDialog.tsx'
import { RunList } from './RunList.tsx'
import { usePrivacyActs, type PersonPlace } from './use-privacy.ts'
import { privacyWords } from './words.ts'
import './privacy.css'

/** A copy of everything about a person, and their erasure, for those who may. */
export function Rights({ object, id }: PersonPlace) {
  const t = useWords(privacyWords)
  const place = { object, id }
  const { exportAll } = usePrivacyActs(place)
  const mayExport = useMay(personalExport)
  const mayErase = useMay(personalErase)
  const [isErasing, setErasing] = useState(false)
  if (!mayExport && !mayErase) return null
  return (
    <>
      <div className="privacy-acts">
        {mayExport && (
          <Button loading={exportAll.isPending} onClick={() => exportAll.mutate()}>
            {t('exportAll')}
          </Button>
        )}
        {mayErase && (
          <Button danger onClick={() => setErasing(true)}>
            {t('erase')}
          </Button>
        )}
      </div>
      {mayExport && <RunList place={place} />}
      {isErasing && <EraseDialog place={place} onClose={() => setErasing(false)} />}
    </>
  )
}
