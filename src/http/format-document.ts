/** A document's date, place and validity in the words that readers see, the same on every page. */
import type {
  CutReason,
  DocumentDate,
  DocumentKind,
  DocumentStatus,
  Validity,
} from '../domain/document.ts'
import type { Readership, Role } from '../domain/person.ts'

/** 2014年3月13日, 2014年3月, 2014年. */
export function formatDate(date: DocumentDate): string {
  const { year, month, day } = date.on
  if (date.precision === 'year') return `${year}年`
  if (date.precision === 'month') return `${year}年${month}月`
  return `${year}年${month}月${day}日`
}

/** 2014年1月1日 至 2014年12月31日; an open end is said as such. */
export function formatValidity(validity: Validity): string {
  const from = validity.from && formatDay(validity.from)
  const to = validity.to && formatDay(validity.to)
  if (from && to) return `${from} 至 ${to}`
  if (from) return `${from} 起`
  if (to) return `到 ${to} 为止`
  return '没有写明'
}

/** Whether the day is after the last day the document speaks for. */
export function isOver(validity: Validity, today: Temporal.PlainDate): boolean {
  return validity.to !== undefined && Temporal.PlainDate.compare(today, validity.to) > 0
}

export function formatDay(day: Temporal.PlainDate): string {
  return `${day.year}年${day.month}月${day.day}日`
}

export const STATUS_NAMES: Readonly<Record<DocumentStatus, string>> = {
  draft: '草稿',
  'in-force': '生效中',
  superseded: '已被新版代替',
  withdrawn: '已撤下',
}

export const KIND_NAMES: Readonly<Record<DocumentKind, string>> = {
  'meeting-report': '会议报道',
  plan: '计划、要点',
  measure: '办法、规定',
  notice: '通知',
  news: '新闻',
  faq: '问答',
}

export const CUT_NAMES: Readonly<Record<CutReason, string>> = {
  'pinyin-gloss': '拼音注音',
  'page-chrome': '网页杂项',
  'repeated-passage': '重复的段落',
  'repeated-title': '重复的标题',
  'hidden-text': '隐藏文字',
  'invisible-character': '不可见字符',
  secret: '个人信息或密钥',
  'white-space': '多余空白',
}

export const READERSHIP_NAMES: Readonly<Record<Readership, string>> = {
  all: '所有人',
  members: '会员',
  cadres: '工会干部',
  admins: '管理员',
}

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  worker: '职工',
  member: '会员',
  cadre: '工会干部',
  admin: '管理员',
}
