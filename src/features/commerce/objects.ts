import type { Choice, ObjectType } from '#engine/model/object-type.ts'
import { everydayRights, officeRights } from '#engine/policy/rights.ts'

// prettier-ignore
export const product: ObjectType = {
  key: 'product',
  label: { zh: '产品', en: 'Product' },
  labelOfMany: { zh: '产品', en: 'Products' },
  table: 'product',
  title: 'name',
  rights: officeRights,
  visibleToAll: true,
  defaultSort: [{ field: 'name' }],
  fields: [
    { key: 'name', type: 'text', label: { zh: '产品名称', en: 'Name' }, required: true, searched: 'name', unique: true, inList: true, aliases: ['product', '产品'] },
    { key: 'code', type: 'text', label: { zh: '产品编号', en: 'Code' }, unique: true, searched: 'code', inList: true, aliases: ['sku'] },
    { key: 'series', type: 'text', label: { zh: '系列', en: 'Series' }, inList: true },
    { key: 'listPrice', type: 'money', label: { zh: '标准价', en: 'List price' }, min: '0', inList: true, aliases: ['sales_price', 'price', '价格'] },
    { key: 'active', type: 'yes_no', label: { zh: '在售', en: 'Active' }, inList: true },
  ],
}

const statuses: readonly Choice[] = [
  { key: 'draft', label: { zh: '草稿', en: 'Draft' } },
  { key: 'confirmed', label: { zh: '已确认', en: 'Confirmed' }, color: 'green' },
  { key: 'cancelled', label: { zh: '已取消', en: 'Cancelled' }, color: 'default' },
]

// prettier-ignore
export const order: ObjectType = {
  key: 'order',
  label: { zh: '订单', en: 'Order' },
  labelOfMany: { zh: '订单', en: 'Orders' },
  table: 'sales_order',
  title: 'code',
  rights: everydayRights,
  defaultSort: [{ field: 'orderedOn', descending: true }],
  fields: [
    { key: 'code', type: 'text', label: { zh: '订单编号', en: 'Order no.' }, required: true, searched: 'code', unique: true, inList: true, aliases: ['order id', '合同编号', '订单号'] },
    { key: 'account', type: 'reference', to: 'account', partOf: true, label: { zh: '客户', en: 'Account' }, inList: true },
    { key: 'opportunity', type: 'reference', to: 'opportunity', label: { zh: '商机', en: 'Opportunity' } },
    { key: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' }, required: true, inList: true, aliases: ['订单金额', 'total'] },
    { key: 'currency', type: 'text', label: { zh: '币种', en: 'Currency' }, maxLength: 3 },
    { key: 'cost', type: 'money', label: { zh: '成本', en: 'Cost' }, min: '0', help: { zh: '不填则不计入毛利', en: 'Without it the order counts for no margin' }, aliases: ['订单成本', 'cost of sales', 'cogs'] },
    { key: 'orderedOn', type: 'date', label: { zh: '下单日期', en: 'Ordered on' }, required: true, inList: true, aliases: ['order date', '签约日期', '日期'] },
    { key: 'dueOn', type: 'date', label: { zh: '应收日期', en: 'Due on' }, help: { zh: '过了这一天仍未收到的金额算逾期；不填则不计算', en: 'What is unpaid after this day is overdue; without it nothing is' }, aliases: ['到期日', '应收日', 'due date'] },
    { key: 'status', type: 'choice', choices: statuses, label: { zh: '状态', en: 'Status' }, inList: true },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['owner', '销售代表'] },
    { key: 'credits', type: 'credits', label: { zh: '业绩分配', en: 'Shared credit' } },
    { key: 'note', type: 'long_text', label: { zh: '备注', en: 'Note' } },
  ],
}

// prettier-ignore
export const payment: ObjectType = {
  key: 'payment',
  label: { zh: '回款', en: 'Payment' },
  labelOfMany: { zh: '回款', en: 'Payments' },
  table: 'payment',
  title: 'code',
  rights: everydayRights,
  defaultSort: [{ field: 'receivedOn', descending: true }],
  fields: [
    { key: 'code', type: 'text', label: { zh: '回款编号', en: 'Payment no.' }, unique: true, searched: 'code', inList: true },
    { key: 'order', type: 'reference', to: 'order', partOf: true, label: { zh: '订单', en: 'Order' }, required: true, inList: true },
    { key: 'account', type: 'reference', to: 'account', label: { zh: '客户', en: 'Account' }, inList: true },
    { key: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' }, required: true, min: '0', inList: true },
    { key: 'currency', type: 'text', label: { zh: '币种', en: 'Currency' }, maxLength: 3 },
    { key: 'receivedOn', type: 'date', label: { zh: '到账日期', en: 'Received on' }, required: true, inList: true },
    { key: 'method', type: 'text', label: { zh: '方式', en: 'Method' } },
    { key: 'ownerId', type: 'owner', label: { zh: '收款人', en: 'Collector' }, inList: true, aliases: ['负责人', 'owner'] },
    { key: 'note', type: 'long_text', label: { zh: '备注', en: 'Note' } },
  ],
}

// prettier-ignore
export const refund: ObjectType = {
  key: 'refund',
  label: { zh: '退款', en: 'Refund' },
  labelOfMany: { zh: '退款', en: 'Refunds' },
  table: 'refund',
  title: 'code',
  rights: everydayRights,
  defaultSort: [{ field: 'refundedOn', descending: true }],
  fields: [
    { key: 'code', type: 'text', label: { zh: '退款编号', en: 'Refund no.' }, unique: true, searched: 'code', inList: true },
    { key: 'order', type: 'reference', to: 'order', partOf: true, label: { zh: '订单', en: 'Order' }, required: true, inList: true },
    { key: 'amount', type: 'money', label: { zh: '金额', en: 'Amount' }, required: true, min: '0', inList: true },
    { key: 'currency', type: 'text', label: { zh: '币种', en: 'Currency' }, maxLength: 3 },
    { key: 'cost', type: 'money', label: { zh: '冲回成本', en: 'Cost taken back' }, min: '0', help: { zh: '货物退回时按比例冲回的成本；未退货填 0', en: 'The cost of goods that came back, in proportion unless told; 0 if they did not' } },
    { key: 'refundedOn', type: 'date', label: { zh: '退款日期', en: 'Refunded on' }, required: true, inList: true },
    { key: 'reason', type: 'text', label: { zh: '原因', en: 'Reason' }, inList: true },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['owner'] },
  ],
}
