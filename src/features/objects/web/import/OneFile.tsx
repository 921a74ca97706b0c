import { useEffect, useRef, useState } from 'react'
import { Steps } from 'antd'
import type { OpenedFile } from '#engine/transfer/opened-file.ts'
import type { TargetView } from '#engine/transfer/target-view.ts'
import type { Mapping } from '#engine/transfer/mapping.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useWords } from '#web/words/use-words.ts'
import { CheckStep } from './CheckStep.tsx'
import { ColumnsStep } from './ColumnsStep.tsx'
import { likelyTarget } from './draft.ts'
import { FileStep } from './FileStep.tsx'
import { importWords } from './words.ts'

interface OneFileProps {
  readonly targets: readonly TargetView[]
  /** What the person came to import, if they came from its list. */
  readonly object: string | undefined
  readonly onStarted: (setId: string) => void
}

/** File, columns, check: the person can always go back, nothing is written before the last step. */
export function OneFile({ targets, object, onStarted }: OneFileProps) {
  const t = useWords(importWords)
  const isPhone = useIsPhone()
  const [step, setStep] = useState(0)
  const [file, setFile] = useState<OpenedFile>()
  const [chosen, setChosen] = useState(object)
  // By its key: a field that is made on the way is there with the next reply.
  const target = targets.find((one) => one.object === chosen)
  const [mapping, setMapping] = useState<Mapping>()

  // A step begins at its top, wherever the one before was left.
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (step > 0) top.current?.scrollIntoView({ block: 'center' })
  }, [step])

  const open = (opened: OpenedFile) => {
    setFile(opened)
    const isGiven = targets.some((one) => one.object === object)
    setChosen((before) => (isGiven ? object : (likelyTarget(targets, opened)?.object ?? before)))
    setMapping(undefined)
    setStep(1)
  }
  // Sheets of a workbook are mostly of different objects.
  const reopen = (opened: OpenedFile) => {
    setFile(opened)
    setMapping(undefined)
    const [ready] = opened.ready
    if (ready) setChosen(ready.mapping.object)
  }
  const choose = ({ object: key }: TargetView) => {
    setChosen(key)
    setMapping(undefined)
  }
  return (
    <Panel>
      <div ref={top} />
      <Steps
        className="import-steps"
        current={step}
        size="small"
        responsive={false}
        {...(isPhone ? { titlePlacement: 'vertical' as const } : {})}
        items={[{ title: t('stepFile') }, { title: t('stepColumns') }, { title: t('stepCheck') }]}
      />
      {(step === 0 || !file || !target) && <FileStep targets={targets} onOpened={open} />}
      {step === 1 && file && target && (
        <ColumnsStep
          key={`${file.file.id} ${target.object}`}
          file={file}
          target={target}
          targets={targets}
          mapping={mapping}
          onTarget={choose}
          onBack={() => setStep(0)}
          onReopened={reopen}
          onReady={({ mapping: ready }) => {
            setChosen(ready.object)
            setMapping(ready)
          }}
          onNext={(chosen) => {
            setMapping(chosen)
            setStep(2)
          }}
        />
      )}
      {step === 2 && file && target && mapping && (
        <CheckStep
          file={file}
          target={target}
          mapping={mapping}
          onChange={setMapping}
          onBack={() => setStep(1)}
          onStarted={onStarted}
        />
      )}
    </Panel>
  )
}
