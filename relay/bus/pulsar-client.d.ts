/**
 * The part of pulsar-client 1.18 that the relay uses, from its own typings: the package is optional and often absent, and the
 * types of the code may not depend on that.
 */
declare module 'pulsar-client' {
  export class MessageId {
    static earliest(): MessageId
    static deserialize(data: Buffer): MessageId
    serialize(): Buffer
  }
  export interface Message {
    getData(): Buffer
    getMessageId(): MessageId
  }
  export interface Producer {
    send(message: { data: Buffer; partitionKey: string }): Promise<MessageId>
    close(): Promise<null>
  }
  export interface Consumer {
    receive(): Promise<Message>
    acknowledgeId(id: MessageId): Promise<null>
    close(): Promise<null>
  }
  export interface Reader {
    readNext(): Promise<Message>
    hasNext(): boolean
    close(): Promise<null>
  }
  export const AuthenticationToken: new (params: { token: string }) => object
  export class Client {
    static setLogHandler(handler: (level: number, file: string, line: number, message: string) => void): void
    constructor(config: { serviceUrl: string; authentication?: object; operationTimeoutSeconds?: number })
    createProducer(config: { topic: string; sendTimeoutMs: number; batchingEnabled: boolean }): Promise<Producer>
    subscribe(config: {
      topic: string
      subscription: string
      subscriptionType: 'Failover'
      subscriptionInitialPosition: 'Earliest'
      consumerName: string
      receiverQueueSize: number
    }): Promise<Consumer>
    createReader(config: { topic: string; startMessageId: MessageId; receiverQueueSize: number }): Promise<Reader>
    close(): Promise<null>
  }
}
