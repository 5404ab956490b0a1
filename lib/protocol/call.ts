/**
 * Voice calls (system 2): the registry's JSON lines over TCP and the signalling's JSON datagrams.
 *
 * ```text
 * peer → server   registro         nome [ip] porta   → registro_ok       nome ip porta
 *                                                    | registro_erro     nome erro
 *                 consulta         nome              → consulta_ok       nome ip porta
 *                                                    | consulta_erro     nome erro
 *                 encerramento     nome              → encerramento_ok   nome
 *                                                    | encerramento_erro nome erro
 *
 * peer ↔ peer     convite               call_id nome ip porta codecs
 *                 resposta_ao_convite   call_id nome resposta [codec porta]
 *                 encerrar_ligação      call_id nome
 *
 * every message   type first, then the fields in this order
 * resposta        aceito | rejeitado          codec   opus/48000 | L16/16000
 * ```
 *
 * Written strictly; read without regard to case and Unicode normalisation of `type`, with an
 * integer in a string as an integer. `protocols/call.md`.
 *
 * @module
 */
export * from "./call/codecs.ts";
export * from "./call/registry_messages.ts";
export * from "./call/signalling_messages.ts";
