import { useEffect, useRef, useState } from 'react'
import { Steps } from 'antd'
import type { OpenedFile, TargetView } from '#engine/transfer/contract.ts'
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
  const [target, setTarget] = useState(targets.find((one) => one.object === object))
  const [mapping, setMapping] = useState<Mapping>()

  // A step begins at its top, wherever the one before was left.
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (step > 0) top.current?.scrollIntoView({ block: 'center' })
  }, [step])

  const open = (opened: OpenedFile) => {
    setFile(opened)
    setTarget((chosen) => targets.find((one) => one.object === object) ?? likelyTarget(targets, opened) ?? chosen)
    setMapping(undefined)
    setStep(1)
  }
  const choose = (chosen: TargetView) => {
    setTarget(chosen)
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
          onReopened={setFile}
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
