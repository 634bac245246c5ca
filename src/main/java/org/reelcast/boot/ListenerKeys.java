package org.reelcast.boot;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The keys of the TLS listeners, which can be exchanged while they run. The server reads its key store once, at its
 * start, and asks Java's default factory for key managers; this is that factory. For our own key store it gives one
 * whose keys can be swapped, for all others what Java's own would.
 */
final class ListenerKeys extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "Reelcast";
    private static final String DEFAULT = "ssl.KeyManagerFactory.algorithm";

    private final transient SwappedKeyManager keys = new SwappedKeyManager();
    private final String javas;

    private ListenerKeys(String javas) {
        super("Reelcast", "1", "Keys of TLS listeners");
        this.javas = javas;
        putService(new Service(this, "KeyManagerFactory", ALGORITHM, Factory.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                return new Factory();
            }
        });
    }

    /** Makes it Java's default factory; to be called once, before the server starts. */
    static ListenerKeys install() {
        ListenerKeys provider = new ListenerKeys(KeyManagerFactory.getDefaultAlgorithm());
        Security.addProvider(provider);
        Security.setProperty(DEFAULT, ALGORITHM);
        return provider;
    }

    /** Takes that back. */
    void uninstall() {
        Security.setProperty(DEFAULT, javas);
        Security.removeProvider(getName());
    }

    /** The next handshakes take the key of this store. */
    void swap(TlsKeystore keystore) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(javas);
        factory.init(keystore.load(), keystore.password().toCharArray());
        keys.swap(manager(factory));
    }

    private static X509ExtendedKeyManager manager(KeyManagerFactory factory) throws KeyStoreException {
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager extended) {
                return extended;
            }
        }
        throw new KeyStoreException("Java gives no key manager");
    }

    /** For anybody in this process. */
    private final class Factory extends KeyManagerFactorySpi {
        private KeyManager[] managers;

        @Override
        protected void engineInit(KeyStore store, char[] password)
                throws KeyStoreException, NoSuchAlgorithmException, UnrecoverableKeyException {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(javas);
            factory.init(store, password);
            managers = factory.getKeyManagers();
            if (store != null && store.isKeyEntry(TlsKeystore.ALIAS)) {
                keys.swap(manager(factory));
                managers = new KeyManager[] {keys};
            }
        }

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) throws InvalidAlgorithmParameterException {
            try {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(javas);
                factory.init(parameters);
                managers = factory.getKeyManagers();
            } catch (NoSuchAlgorithmException e) {
                throw new InvalidAlgorithmParameterException(e);
            }
        }

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return managers.clone();
        }
    }
}
