/** How the bot is, for the operator, `/health/ready` and the console. */
import type { App } from '../app.ts'
import type { HealthCheck, HealthReport } from '../domain/health.ts'
import { BotError } from '../errors.ts'
import { describeSpending, spentTokens } from './describe-spending.ts'

/** A store that has not answered by then counts as down. */
const STORE_WITHIN_MS = 3_000

/** Ready means that questions are answered: the store answers or did once, and the index is loaded. */
export async function reportHealth(
  app: App,
  channels: readonly HealthCheck[],
): Promise<HealthReport> {
  const store = await checkStore(app)
  const { knowledge } = app
  const documents = [...knowledge.index.documents()].length
  const search: HealthCheck = {
    name: '检索',
    status: 'ok',
    detail: `${documents} 份文件，${knowledge.index.passageCount} 段`,
  }
  return {
    ready: store.status === 'ok',
    checks: [store, search, ...checkTerms(app), ...checkModels(app), ...channels],
  }
}

/** Lines of the dictionary that could not be read: whoever edited it should hear of them. */
function checkTerms(app: App): HealthCheck[] {
  const { faults } = app.terms()
  const [first] = faults
  if (first === undefined) return []
  const detail = `terms.txt 有 ${faults.length} 行没有用上，${first.message}`
  return [{ name: '用语词典', status: 'degraded', detail }]
}

/** A model that is down never takes readiness away: answers are quoted and found by words. */
function checkModels({ models, config }: App): HealthCheck[] {
  const state = models.state()
  if (state === undefined) return []
  const { usage, resting, vectors } = state
  const failures = Object.values(usage.failures).reduce((sum, count) => sum + count, 0)
  const lacksVectors = config.OPENAI_EMBEDDING_MODEL !== undefined && vectors === undefined
  const budgetSpent = spentTokens(usage.today) >= config.OPENAI_DAILY_TOKENS
  const detail = [
    resting
      ? '连续出错，暂停调用，现在只摘录原文'
      : budgetSpent
        ? '今天的用量已用完，现在只摘录原文，明天恢复'
        : '可用',
    `调用 ${usage.calls} 次，失败 ${failures} 次`,
    describeSpending(usage),
    ...(vectors === undefined ? [] : [`${vectors} 段有向量`]),
    ...(lacksVectors ? ['向量模型连不上，只按词语检索'] : []),
  ].join('；')
  return [
    { name: '大模型', status: resting || lacksVectors || budgetSpent ? 'degraded' : 'ok', detail },
  ]
}

async function checkStore({ store, config }: App): Promise<HealthCheck> {
  const name = config.DATABASE_URL === undefined ? '数据库（文件）' : '数据库（PostgreSQL）'
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('late')), STORE_WITHIN_MS)
  try {
    await Promise.race([store.knowledge.revision(), late.promise])
    return { name, status: 'ok', detail: '读写正常' }
  } catch (error) {
    const detail = error instanceof BotError ? error.message : '没有回应，请检查数据库是否在运行'
    return { name, status: 'down', detail }
  } finally {
    clearTimeout(timer)
  }
}
