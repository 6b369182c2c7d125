/** Whom people are sent to. Always from configuration: a document's phone number is never passed off as this. */
export interface Contact {
  /** This union's name, for example 平凉市总工会. */
  readonly unionName: string
  readonly hotline?: string
  /** Free text: window, address, hours. */
  readonly contact?: string
}
