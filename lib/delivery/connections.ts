import type net from 'node:net';
import { Client } from 'undici';

/** One socket to one checked address, which speaks HTTP through undici's parser. */
export type Connection = { key: string; client: Client; address: string; openedAt: number; restsSince: number; isOpen: boolean };

export type ConnectionLimits = { maxIdlePerOrigin: number; maxAgeMs: number; idleMs: number; maxHeaderBytes: number };

/**
 * Idle connections by origin and privilege, so that a team's connection to an address of the operator's list never serves a personal entity.
 * Their age is bounded: a change of DNS or of the allow list takes effect within it.
 */
export function createConnections(limits: ConnectionLimits, now: () => number) {
  const idle = new Map<string, Connection[]>();
  const open = new Set<Connection>();

  function close(connection: Connection): void {
    connection.isOpen = false;
    open.delete(connection);
    const others = idle.get(connection.key)?.filter((other) => other !== connection);
    if (others?.length) idle.set(connection.key, others);
    else idle.delete(connection.key);
    void connection.client.destroy();
  }

  return {
    /** The idle connection used last, if one is still young enough. */
    take(key: string): Connection | null {
      for (let connection = idle.get(key)?.pop(); connection; connection = idle.get(key)?.pop()) {
        if (now() - connection.openedAt < limits.maxAgeMs) return connection;
        close(connection);
      }
      return null;
    },

    adopt(key: string, origin: string, socket: net.Socket, address: string): Connection {
      let handedOver = false;
      const client = new Client(origin, {
        connect: (_options, callback) => {
          // A microtask later, because undici ignores an answer from within its own call; and never a second, unjudged socket.
          queueMicrotask(() => {
            if (handedOver) return callback(closed(), null);
            handedOver = true;
            callback(null, socket);
          });
        },
        pipelining: 1,
        keepAliveTimeout: limits.idleMs,
        keepAliveMaxTimeout: limits.idleMs,
        maxHeaderSize: limits.maxHeaderBytes,
        headersTimeout: 0, // one deadline over the whole exchange instead
        bodyTimeout: 0,
      });
      const connection: Connection = { key, client, address, openedAt: now(), restsSince: 0, isOpen: true };
      open.add(connection);
      client.once('disconnect', () => close(connection));
      return connection;
    },

    giveBack(connection: Connection): void {
      const list = idle.get(connection.key);
      if (!connection.isOpen) return;
      connection.restsSince = now();
      if (!list) idle.set(connection.key, [connection]);
      else if (list.length < limits.maxIdlePerOrigin) list.push(connection);
      else close(connection);
    },

    close,

    closeAll(): void {
      for (const connection of open) close(connection);
      idle.clear();
    },
  };
}

const closed = () => Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' });
