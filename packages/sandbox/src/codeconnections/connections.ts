/** Status of a connection: pending until a person has completed the handshake in the console (API_Connection). */
export type ConnectionStatus = 'PENDING' | 'AVAILABLE' | 'ERROR';

export interface Connection {
  readonly arn: string;
  readonly name: string;
  /** For example `GitHub`. */
  readonly provider: string;
  readonly status: ConnectionStatus;
}

/** CodeConnections: the connections of every account to hosts of code, by ARN. People make them, no template does. */
export class Connections {
  readonly #connections = new Map<string, Connection>();

  /** Creates a connection, or changes it. */
  set(connection: Connection): void {
    this.#connections.set(connection.arn, connection);
  }

  remove(arn: string): void {
    this.#connections.delete(arn);
  }

  at(arn: string): Connection | undefined {
    return this.#connections.get(arn);
  }
}
