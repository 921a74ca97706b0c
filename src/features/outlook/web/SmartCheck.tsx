import { BulbOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import type { NumberUnit } from '#web/kit/number-text.ts'
import { useWords } from '#web/words/use-words.ts'
import { SmartDrawer } from './SmartDrawer.tsx'
import { outlookWords } from './words.ts'

interface SmartCheckProps {
  readonly planId: string
  /** Of the plan. */
  readonly metric: string
  readonly unit: NumberUnit
  /** The row where the cursor stands. */
  readonly node: string
}

/** Opens the SMART check beside a plan, at the row where one is. */
export function SmartCheck({ planId, metric, unit, node }: SmartCheckProps) {
  const t = useWords(outlookWords)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button icon={<BulbOutlined />} onClick={() => setIsOpen(true)}>
        {t('smart')}
      </Button>
      {isOpen && (
        <SmartDrawer planId={planId} metric={metric} unit={unit} node={node} onClose={() => setIsOpen(false)} />
      )}
    </>
  )
}
