// SPDX-License-Identifier: Apache-2.0
#include "tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

#include "clock.h"

#define MAX_TICKETS 1024

struct tls {
    SSL_CTX *context;
    BIO_METHOD *method;
    X509 *trusted;  // the certificate that was found good
    bool resume;
    SSL_SESSION *sessions[MAX_TICKETS];
    unsigned session_count, resumed, tickets;
};

struct tls_link {
    struct tls *tls;
    SSL *ssl;
    struct buffer *wire;
    const uint8_t *in;
    size_t in_length;
    bool counted;
};

static _Noreturn void fail_tls(const char *what) {
    char reason[256] = "closed";
    unsigned long error = ERR_get_error();
    if (error != 0) {
        ERR_error_string_n(error, reason, sizeof reason);
    }
    fail("TLS: %s: %s", what, reason);
}

static int bio_read(BIO *bio, char *out, int length) {
    struct tls_link *link = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (link->in_length == 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    size_t taken = link->in_length < (size_t)length ? link->in_length : (size_t)length;
    memcpy(out, link->in, taken);
    link->in += taken;
    link->in_length -= taken;
    return (int)taken;
}

static int bio_write(BIO *bio, const char *bytes, int length) {
    struct tls_link *link = BIO_get_data(bio);
    buffer_add(link->wire, bytes, (size_t)length);
    return length;
}

static long bio_control(BIO *bio, int command, long number, void *pointer) {
    (void)bio;
    (void)number;
    (void)pointer;
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

static int bio_create(BIO *bio) {
    BIO_set_init(bio, 1);
    return 1;
}

static BIO_METHOD *make_method(void) {
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "memory of a link");
    BIO_meth_set_read(method, bio_read);
    BIO_meth_set_write(method, bio_write);
    BIO_meth_set_ctrl(method, bio_control);
    BIO_meth_set_create(method, bio_create);
    return method;
}

// All connections meet the same certificate: checking its chain again each time would only cost the driver.
static int on_certificate(X509_STORE_CTX *store, void *owner) {
    struct tls *tls = owner;
    X509 *certificate = X509_STORE_CTX_get0_cert(store);
    if (tls->trusted != NULL && X509_cmp(tls->trusted, certificate) == 0) {
        return 1;
    }
    if (X509_verify_cert(store) != 1) {
        return 0;
    }
    X509_free(tls->trusted);
    X509_up_ref(certificate);
    tls->trusted = certificate;
    return 1;
}

static int on_ticket(SSL *ssl, SSL_SESSION *session) {
    struct tls *tls = SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
    tls->tickets++;
    if (tls->session_count == MAX_TICKETS) {
        return 0;
    }
    tls->sessions[tls->session_count++] = session;
    return 1;
}

static void limit_version(SSL_CTX *context, const char *version) {
    if (version != NULL) {
        int number = strcmp(version, "1.2") == 0 ? TLS1_2_VERSION : TLS1_3_VERSION;
        SSL_CTX_set_min_proto_version(context, number);
        SSL_CTX_set_max_proto_version(context, number);
    }
}

struct tls *tls_open(const struct tls_settings *settings) {
    struct tls *tls = calloc(1, sizeof *tls);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    if (tls == NULL || context == NULL) {
        fail_tls("no context");
    }
    if (SSL_CTX_load_verify_locations(context, settings->cafile, NULL) != 1) {
        fail_tls(settings->cafile);
    }
    tls->context = context;
    tls->method = make_method();
    tls->resume = settings->resume;
    limit_version(context, settings->version);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_CTX_get0_param(context), settings->host);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_cert_verify_callback(context, on_certificate, tls);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_app_data(context, tls);
    if (tls->resume) {
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(context, on_ticket);
    } else {
        SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    }
    return tls;
}

unsigned tls_resumed(const struct tls *tls) {
    return tls->resumed;
}

unsigned tls_tickets(const struct tls *tls) {
    return tls->tickets;
}

// A ticket of TLS 1.3 is for one connection; a session of TLS 1.2 is for any number, and brings no new ticket.
static void take_session(struct tls *tls, SSL *ssl) {
    if (!tls->resume || tls->session_count == 0) {
        return;
    }
    SSL_SESSION *session = tls->sessions[tls->session_count - 1];
    SSL_set_session(ssl, session);
    if (SSL_SESSION_get_protocol_version(session) >= TLS1_3_VERSION) {
        SSL_SESSION_free(session);
        tls->session_count--;
    }
}

struct tls_link *tls_begin(struct tls *tls, struct buffer *wire) {
    struct tls_link *link = calloc(1, sizeof *link);
    BIO *bio = BIO_new(tls->method);
    if (link == NULL || bio == NULL) {
        fail("out of memory");
    }
    link->tls = tls;
    link->wire = wire;
    link->ssl = SSL_new(tls->context);
    BIO_set_data(bio, link);
    SSL_set_bio(link->ssl, bio, bio);
    take_session(tls, link->ssl);
    SSL_set_connect_state(link->ssl);
    tls_shake(link);
    return link;
}

void tls_feed(struct tls_link *link, const uint8_t *bytes, size_t length) {
    link->in = bytes;
    link->in_length = length;
}

bool tls_shake(struct tls_link *link) {
    ERR_clear_error();
    int result = SSL_do_handshake(link->ssl);
    if (result == 1) {
        if (!link->counted && SSL_session_reused(link->ssl)) {
            link->tls->resumed++;
        }
        link->counted = true;
        return true;
    }
    if (SSL_get_error(link->ssl, result) != SSL_ERROR_WANT_READ) {
        fail_tls("handshake");
    }
    return false;
}

ssize_t tls_read(struct tls_link *link, uint8_t *to, size_t length) {
    ERR_clear_error();
    int count = SSL_read(link->ssl, to, (int)length);
    if (count > 0) {
        return count;
    }
    return SSL_get_error(link->ssl, count) == SSL_ERROR_WANT_READ ? 0 : -1;
}

void tls_write(struct tls_link *link, const uint8_t *bytes, size_t length) {
    ERR_clear_error();
    if (length > 0 && SSL_write(link->ssl, bytes, (int)length) != (int)length) {
        fail_tls("write");
    }
}

void tls_leave(struct tls_link *link) {
    if (SSL_is_init_finished(link->ssl)) {
        SSL_shutdown(link->ssl);
    }
}

void tls_free(struct tls_link *link) {
    // The broker's goodbye is not awaited; without this its session would count as broken.
    SSL_set_shutdown(link->ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(link->ssl);
    free(link);
}
